import { Box } from 'ink';
import type { State } from '../state/state.ts';
import { cut } from '../text/width.ts';
import { promptRowsOf } from '../view/prompt-lines.ts';
import { Row, Rows } from './row.tsx';

/** The last toast or the subject of the draft, and below it the text being written. */
export function Prompt({ state, width, height }: { state: State; width: number; height: number }) {
  return (
    <Box flexDirection="column" width={width}>
      <Notice state={state} width={width} />
      <Rows lines={promptRowsOf(state, width, height)} height={height} width={width} />
    </Box>
  );
}

const tones = { good: 'good', bad: 'bad', plain: 'strong' } as const;

function Notice({ state: { toasts, draft, completion }, width }: { state: State; width: number }) {
  const toast = toasts.at(-1);
  if (toast)
    return (
      <Row spans={[{ text: cut(` ${toast.text.replaceAll('\n', ' ')}`, width), style: tones[toast.tone] }]} />
    );
  if (completion) {
    const others = completion.choices.map((choice, place) =>
      place === completion.index ? `[${choice}]` : choice,
    );
    return <Row spans={[{ text: cut(` Tab: ${others.join('  ')}`, width), style: 'faint' }]} />;
  }
  const about = draft
    ? ` ${draft.kind === 'reply' ? 'Reply to' : 'Change'} ${draft.about} · Esc: cancel`
    : '';
  return <Row spans={[{ text: cut(about, width), style: 'quote' }]} />;
}
