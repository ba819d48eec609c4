import { TimelineDialogsView } from "./timeline-dialogs-view.tsx";
import { TimelineView } from "./timeline-view.tsx";
import { type TimelineSources, useTimeline } from "./timeline-view-model.ts";

/** The messages of a room. Mounted once the room may be read, so that what was unread at its opening is known. */
export function TimelinePart(props: TimelineSources) {
	const { dialogs, ...timeline } = useTimeline(props);
	return (
		<>
			<TimelineView {...timeline} />
			<TimelineDialogsView {...dialogs} />
		</>
	);
}
