import { BotActionHandler } from '../index.ts';

/** Posts an image that a service chooses. */
export class RandomImageBot extends BotActionHandler {
  static override readonly environment = ['BOT_RANDOM_IMAGE_URL'];

  static override getSettings() {
    return { alias: 'random_image', description: 'Get a random image.', name: 'Random Image', unique: true };
  }

  async handle() {
    const { BOT_RANDOM_IMAGE_URL: address } = process.env;
    if (address) {
      await this.composer().emitTyping().image(new URL(address));
    } else {
      this.releaseCooldown();
      await this.composer().message('Random images are not configured here yet.');
    }
  }
}
