/** The file beside a transcript that has the answers to its HTTP requests. */
export const httpFileOf = (file: string): string => `${file.replace(/(?:\.chat)?\.ya?ml$/, '')}.http.yaml`;
