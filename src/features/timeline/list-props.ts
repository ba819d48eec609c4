import type { MessageActions } from "./message-actions.ts";
import type { ScrollPlace } from "./scroll-places.ts";
import type { TimelineMove } from "./timeline-move.ts";
import type { TimelineRows } from "./timeline-snapshot.ts";

/** The next page in a direction: there is none, it can be asked for, it is under way, it did not come, those who have it are away. */
export type PageState = "none" | "idle" | "loading" | "failed" | "away";

export interface Writer {
	readonly userId: string;
	readonly name: string;
}

export interface MessageListProps {
	readonly rows: TimelineRows;
	readonly now: number;
	/** False in a direct chat: there is only one other. */
	readonly hasFaces: boolean;
	/** True while the last row is the newest message of the room. */
	readonly isLive: boolean;
	readonly unreadCount: number;
	/** Who is writing; nobody while the newest messages are elsewhere. */
	readonly writers: readonly Writer[];
	readonly older: PageState;
	readonly newer: PageState;
	/** Where to begin; absent: at the end. */
	readonly place: ScrollPlace | undefined;
	readonly move: TimelineMove | undefined;
	readonly onOlder: () => void;
	readonly onNewer: () => void;
	/** Says whether the newest message is in sight. */
	readonly onAtEnd: (isAtEnd: boolean) => void;
	readonly onToNewest: () => void;
	/** Asks for another message, and says where the person was. */
	readonly onShowEvent: (eventId: string, from: ScrollPlace | undefined) => void;
	/** Where the person was when the conversation was left; absent: at its end. */
	readonly onLeave: (place: ScrollPlace | undefined) => void;
	readonly actions: Omit<MessageActions, "onShowQuoted">;
}
