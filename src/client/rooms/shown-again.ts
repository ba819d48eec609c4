import { observable } from "../store/observable.ts";

/** The message that the address names already and that somebody asked for once more: they may have moved away from it. */
export const shownAgain = observable<{ readonly eventId: string }>({ eventId: "" });
