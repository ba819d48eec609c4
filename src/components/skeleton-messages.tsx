import { text } from "../shared/text/text.ts";

const shapes = ["in-a", "in-b", "out-a", "in-c", "out-b", "out-c", "in-b", "out-a"] as const;

/** Bubbles in grey while a conversation loads. */
export function SkeletonMessages() {
	"use no memo";
	return (
		<div className="timeline skeleton-messages" role="status" aria-label={text("common.loading")}>
			{shapes.map((shape, index) => (
				<span key={`${shape}-${String(index)}`} className={`bone bone-${shape}`} aria-hidden="true" />
			))}
		</div>
	);
}
