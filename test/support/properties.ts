import fc from "fast-check";

/** Property tests draw the same cases each run, so that a run can be repeated; another `PROPERTY_SEED` draws others. */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_260) });
