import type { ConfigurationJson } from '../../api/configuration.ts';
import type { Settings } from '../../config/settings.ts';
import { pageSizes } from '../../services/pages.ts';

/** The whole configuration. Features that do not exist here (calls, friends) are reported as off. */
export const presentConfiguration = (settings: Settings): ConfigurationJson => ({
  ...apiSettings,
  ...pictureSettings(settings),
  ...messageSettings(settings),
  ...uploadSettings(settings),
  ...peopleSettings(settings),
  ...pageSettings,
  ...rateSettings(settings),
});

const apiSettings = { apiEndpoint: '/api/messenger', channelRoutes: true, pushNotifications: false };

const pictureSettings = ({ avatarLimit, avatarTypes, threadAvatars, botAvatars }: Settings) => ({
  avatarSizeLimit: avatarLimit,
  avatarMimeTypes: avatarTypes.join(','),
  providerAvatars: false,
  threadAvatars,
  botAvatars,
});

const messageSettings = (settings: Settings) => ({
  messageSizeLimit: settings.messageLimit,
  systemMessages: settings.systemMessages,
  messageEdits: settings.editsEnabled,
  messageEditsView: settings.editHistory,
  messageReactions: settings.reactionsEnabled,
  messageReactionsMax: settings.reactionsMax,
});

const uploadSettings = ({ uploadsEnabled, uploadLimits, uploadTypes }: Settings) => ({
  messageDocumentUpload: uploadsEnabled.document,
  messageDocumentSizeLimit: uploadLimits.document,
  messageDocumentMimeTypes: uploadTypes.document.join(','),
  messageImageUpload: uploadsEnabled.image,
  messageImageSizeLimit: uploadLimits.image,
  messageImageMimeTypes: uploadTypes.image.join(','),
  messageAudioUpload: uploadsEnabled.audio,
  messageAudioSizeLimit: uploadLimits.audio,
  messageAudioMimeTypes: uploadTypes.audio.join(','),
  messageVideoUpload: uploadsEnabled.video,
  messageVideoSizeLimit: uploadLimits.video,
  messageVideoMimeTypes: uploadTypes.video.join(','),
});

const peopleSettings = (settings: Settings) => ({
  bots: settings.botsEnabled,
  calling: settings.callingEnabled,
  knockKnock: settings.knocksEnabled,
  knockTimeout: settings.knockTimeout,
  onlineStatus: settings.onlineStatus,
  onlineCacheLifetime: settings.onlineLifetime,
  threadInvites: settings.invitesEnabled,
  threadInvitesMax: settings.invitesMax,
  verifyPrivateThreadFriendship: false,
  verifyGroupThreadFriendship: false,
});

const pageSettings = {
  searchPageCount: 25,
  threadsIndexCount: pageSizes.threads.first,
  threadsPageCount: pageSizes.threads.next,
  participantsIndexCount: pageSizes.participants.first,
  participantsPageCount: pageSizes.participants.next,
  messagesIndexCount: pageSizes.messages.first,
  messagesPageCount: pageSizes.messages.next,
  callsIndexCount: 25,
  callsPageCount: 25,
};

const rateSettings = ({ http: { rateLimits } }: Settings) => ({
  apiRateLimit: rateLimits.api,
  searchRateLimit: 45,
  messageRateLimit: rateLimits.message,
  attachmentRateLimit: rateLimits.attachment,
});
