import { Box } from 'ink';
import { useControllerState } from '../hooks/controller.ts';
import { receivesKeys } from '../state/beside.ts';
import { cutLine, type Line } from '../text/line.ts';
import { cut, padded } from '../text/width.ts';
import { Row, Rows } from './row.tsx';

interface Props {
  title: string;
  lines: readonly Line[];
  width: number;
  height: number;
  isFocused: boolean;
  /** Its keys, in its last row. */
  hint?: string;
}

/** A pane with its title and lines. The title shows whether the pane receives the keys. */
export function Pane({ title, lines, width, height, isFocused, hint = '' }: Props) {
  const isActive = receivesKeys(useControllerState());
  const hasKeys = isFocused && isActive;
  const head: Line = [
    { text: padded(` ${hasKeys ? '▸' : ' '} ${title}`, width), style: hasKeys ? 'focused' : 'title' },
  ];
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      <Row spans={head} />
      <Rows
        lines={lines.map((line) => cutLine(line, width))}
        height={height - (hint === '' ? 0 : 1)}
        width={width}
      />
      {hint !== '' && <Row spans={[{ text: cut(` ${hint}`, width), style: 'faint' }]} />}
    </Box>
  );
}

/** The vertical line between two panes. */
export function Divider({ height }: { height: number }) {
  const lines = Array.from({ length: height }, (): Line => [{ text: '│', style: 'divider' }]);
  return <Rows lines={lines} height={height} width={1} />;
}
