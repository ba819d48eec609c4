/**
 * The limits on an event. Source: Matrix v1.19 Client-Server API, "Size limits"; room version 6, "Event format".
 */

/** Longest event in canonical form with hashes and signatures, without `unsigned`, in bytes. */
export const maxEventBytes = 65_536;

/** Most entries of `prev_events`. */
export const maxPrevEvents = 20;

/** Most entries of `auth_events`. */
export const maxAuthEvents = 10;

/** Greatest depth; an event after one of that depth has it too. */
export const maxDepth = Number.MAX_SAFE_INTEGER;
