export {
  counted,
  escapeControls,
  indented,
  truncate,
} from '../base/terminal-text.ts';
