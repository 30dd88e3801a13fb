/** What a host has that records nothing. */
export const noRecording = {
  recording: undefined,
  record: async () => [],
  stopRecording: async () => undefined,
  replay: async () => ({ messages: [], milliseconds: 0, left: 0 }),
  resetPlayground: async () => ({ threadId: 'new', notices: [] }),
};
