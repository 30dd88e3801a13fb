/** What a host has that records nothing. */
export const noRecording = {
  recording: undefined,
  record: async () => [],
  stopRecording: async () => undefined,
  resetPlayground: async () => ({ threadId: 'new', notices: [] }),
};
