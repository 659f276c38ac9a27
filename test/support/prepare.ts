import { prepareData } from "./prepared-data.ts";

/** Before any test file runs: prepared once here, rather than by several workers at the same time. */
export default prepareData;
