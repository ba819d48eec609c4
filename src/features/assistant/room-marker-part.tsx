import { useBot } from "../../client/hooks/use-bot.ts";
import { AiBadge } from "./ai-badge-view.tsx";

/** Says in a chat that the assistant is a member of it, for as long as it is. */
export function RoomMarkerPart({ roomId }: { readonly roomId: string }) {
	const { isHere, place } = useBot(roomId);
	return (
		isHere && (
			<div className="room-marker">
				<AiBadge place={place} />
			</div>
		)
	);
}
