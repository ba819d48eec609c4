import type { WireDocSource } from "../../shared/wire/assistant.ts";
import type { SaysLines } from "./rows-view.tsx";

/** What answers are given: what can be done with them, and whose words they are. */
export interface AnswerActions extends SaysLines {
	/** Puts a line into the field, to be gone on with. */
	readonly onFill: (line: string) => void;
	readonly onConfirm: (id: number) => void;
	readonly onDrop: (id: number) => void;
	readonly onStop: (id: number) => void;
	readonly onPassage: (source: WireDocSource) => void;
	readonly onContact: (draft: string) => void;
	/** Whose machine reads what is asked. */
	readonly host: string;
	/** Somebody else runs the server. */
	readonly canContact: boolean;
	readonly chatHref: (roomId: string) => string;
}

/** The same for one of them. */
export interface OneAnswerActions extends AnswerActions {
	readonly id: number;
}
