import type { RewriteStyle } from "../../shared/wire/assistant.ts";
import { observable } from "../store/observable.ts";

/** What somebody chose from the assistant's menu in a composer: each choice is an object of its own. */
export interface WritingWish {
	readonly roomId: string;
	readonly what: RewriteStyle | "translate" | "draft";
}

/** The last one. The menu stands in the form that sends; what is asked then must not, for it is a form itself. */
export const writingWish = observable<WritingWish | undefined>(undefined);
