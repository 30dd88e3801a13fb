/**
 * What the ready-made handlers of the original are, without what each does: class, alias, name, triggers,
 * match, payload rules. What a handler does is in the test of the handler.
 */
const table = `
| ChuckNorrisBot | chuck | Chuck Norris | – | – | |
| CoinTossBot | coin_toss | Coin Toss | !toss !headsOrTails !coinToss | starts:with:caseless | |
| CommandsBot | commands | List Commands | !commands !c | exact:caseless | |
| DadJokeBot | dad_joke | Dad Joke | – | – | |
| DocumentFinderBot | document_finder | Document Finder | !document !doc | starts:with:caseless | limit?: int 1–10 |
| GiphyBot | giphy | Giphy | !gif !giphy | starts:with:caseless | |
| InsultBot | insult | Insult | – | – | |
| InviteBot | invitations | Invite Generator | !invite !inv | exact:caseless | lifetime_minutes?: int 5–60 |
| JokeBot | random_joke | Jokester | – | – | |
| KanyeBot | kanye | Kanye West | – | – | |
| KnockBot | knock | Knock Knock | – | – | |
| LocationBot | location | Locator | !location !findMe !whereAmI | exact:caseless | |
| NukeBot | nuke | Nuke Messages | !nuke | starts:with:caseless | |
| QuotableBot | quotable | Quotable Quotes | !quote !inspire !quotable | exact:caseless | |
| RandomImageBot | random_image | Random Image | – | – | |
| ReactionBombBot (many) | react_bomb | Reaction Bomb | – | – | reactions: 1–10 emoji |
| ReactionBot (many) | react | Reaction | – | – | reaction: emoji |
| ReplyBot (many) | reply | Reply | – | – | replies: 1–5 strings; quote_original: boolean |
| RockPaperScissorsBot | rock_paper_scissors | Rock Paper Scissors | !rps | starts:with:caseless | |
| RollBot | roll | Roll Numbers | !r !roll | starts:with:caseless | |
| WeatherBot | weather | Weather | !w !weather | starts:with:caseless | |
| WikiBot | wiki | Wikipedia Search | !wiki | starts:with:caseless | limit?: int 1–10 |
| YoMommaBot | yomomma | Yo Momma | – | – | |
| YoutubeBot | youtube | Youtube Videos Search | !youtube !yt | starts:with:caseless | limit?: int 1–10 |`;

/** The documentation attaches a ReplyBot without it, so it may be left out. */
const optionalAllTheSame = 'quote_original';

/** A parameter of a handler: what it takes and what it does not. */
export interface SpecifiedField {
  name: string;
  optional: boolean;
  accepts: unknown[];
  refuses: unknown[];
}

const trimmed = (text: string): string => text.trim();
const orNull = <Value>(cell: string, value: Value): Value | null => (cell === '–' ? null : value);

/** Every handler of the table. */
export const specifiedHandlers = table
  .trim()
  .split('\n')
  .map((line) => {
    const [words = '', alias = '', name = '', triggers = '', match = '', rules = ''] = line
      .split('|')
      .slice(1)
      .map(trimmed);
    const fields = rules.split(';').map(trimmed).filter(Boolean).map(fieldOf);
    const class_ = words.replace(' (many)', '');
    const unique = words === class_;
    const fixed = { triggers: orNull(triggers, triggers.split(' ')), matchMethod: orNull(match, match) };
    return { description: { class: class_, alias, name, unique, ...fixed }, fields };
  });

function fieldOf(rule: string): SpecifiedField {
  const [name = '', kind = ''] = rule.split(': ');
  const bare = name.replace('?', '');
  return { name: bare, optional: name !== bare || bare === optionalAllTheSame, ...samplesOf(kind) };
}

/** Values at both sides of what a rule allows. */
function samplesOf(kind: string): Pick<SpecifiedField, 'accepts' | 'refuses'> {
  const [low = 0, high = 0] = (kind.match(/\d+/g) ?? []).map(Number);
  const lists = (item: unknown) => ({
    accepts: [Array(low).fill(item), Array(high).fill(item)],
    refuses: [[], item, Array(high + 1).fill(item), [item, null]],
  });
  if (kind.startsWith('int')) {
    return {
      accepts: [low, high, String(low)],
      refuses: [low - 1, high + 1, low + 0.5, 'many', [low], true],
    };
  }
  if (kind === 'boolean') return { accepts: [true, false, '1', 0], refuses: ['yes', 2, [true]] };
  if (kind === 'emoji')
    return { accepts: ['👋', ':wave:', 'hi 👋 🎲'], refuses: ['hi', ':nonsense:', ['👋'], 1] };
  if (kind.endsWith('strings')) return lists('hi');
  const emojis = lists('👋');
  return { ...emojis, refuses: [...emojis.refuses, ['👋', 'hi']] };
}
