import type { ComponentType } from "react";
import { TimelineDialogsView } from "./timeline-dialogs-view.tsx";
import { TimelineView } from "./timeline-view.tsx";
import { type TimelineSources, useTimeline } from "./timeline-view-model.ts";

export interface TimelinePartProps extends TimelineSources {
	/** What the page shows of a message in another language. */
	readonly Translation: ComponentType<{
		readonly roomId: string;
		readonly eventId: string;
		readonly onClose: () => void;
	}>;
}

/** The messages of a room. Mounted once the room may be read, so that what was unread at its opening is known. */
export function TimelinePart({ Translation, ...sources }: TimelinePartProps) {
	const { dialogs, ...timeline } = useTimeline(sources);
	const { translating, onTranslated } = dialogs;
	return (
		<>
			<TimelineView {...timeline} />
			<TimelineDialogsView {...dialogs} />
			{translating !== undefined && (
				<Translation roomId={sources.roomId} eventId={translating} onClose={onTranslated} />
			)}
		</>
	);
}
