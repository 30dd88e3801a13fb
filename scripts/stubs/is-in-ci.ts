/**
 * Ink draws no frame but the last one where the environment speaks of CI, as in many development containers.
 * Whether there is a terminal is asked before Ink is loaded, and is what counts.
 */
export default false;
