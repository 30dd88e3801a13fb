/** Ink asks for React's developer tools when DEV=true. They are not shipped: they would weigh more than the rest. */
export default { initialize(): void {}, connectToDevTools(): void {} };
