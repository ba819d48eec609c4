import { Lock, LockOpen } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/sealed.ts";
import { text } from "../../shared/text/text.ts";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

/** In the place of words that cannot be read: why. */
export function ClosedView({ reason }: { readonly reason: NonNullable<MessageSnapshot["closed"]> }) {
	return (
		<>
			<Icon of={Lock} size={14} />
			{text(`closed.${reason}`)}
		</>
	);
}

/** Beside the time of a message that the room's servers can read, where they cannot read the others. */
export function InClearView() {
	return (
		<span className="in-clear">
			<Icon of={LockOpen} size={14} />
			{text("sealed.inClear")}
		</span>
	);
}
