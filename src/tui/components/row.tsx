import { Box, Text } from 'ink';
import { useContext } from 'react';
import { ThemeContext } from '../hooks/controller.ts';
import type { Line } from '../text/line.ts';
import { safeLine } from '../text/width.ts';

/**
 * One line, truncated to the available width. Ink passes control sequences on to the terminal, so no text gets
 * around this, whatever it was made of.
 */
export function Row({ spans }: { spans: Line }) {
  const theme = useContext(ThemeContext);
  // Ink renders no row for an empty text.
  const shown = spans.some(({ text }) => text !== '') ? spans : [{ text: ' ' }];
  const styled = shown.map(({ text, style = 'plain' }, place) => ({
    text: safeLine(text),
    styleProps: theme[style],
    key: `${place}`,
  }));
  return (
    <Text wrap="truncate-end">
      {styled.map(({ text, styleProps, key }) => (
        <Text key={key} {...styleProps}>
          {text}
        </Text>
      ))}
    </Text>
  );
}

/** Lines in a box of a fixed size. Lines that do not fit are not shown. */
export function Rows({ lines, height, width }: { lines: readonly Line[]; height: number; width: number }) {
  const shown = lines.slice(0, height).map((spans, place) => ({ spans, key: `${place}` }));
  return (
    <Box flexDirection="column" height={height} width={width} overflow="hidden">
      {shown.map(({ spans, key }) => (
        <Row key={key} spans={spans} />
      ))}
    </Box>
  );
}
