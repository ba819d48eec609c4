import { Unlink } from "lucide-react";
import Link from "next/link";
import { Avatar } from "../../components/avatar.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Pane } from "../../components/pane.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/chats.ts";
import "../../shared/text/en/join.ts";
import "../../shared/text/en/room-info.ts";
import { text } from "../../shared/text/text.ts";
import { nameOf, type PublicRoomSnapshot, WayIn } from "./public-room-view.tsx";

export interface RoomPreviewProps {
	readonly state: "loading" | "ready" | "missing" | "failed";
	readonly failure: string | undefined;
	readonly room: PublicRoomSnapshot | undefined;
	readonly error: string | undefined;
	readonly onRetry: () => void;
}

/** A public room before one joins it. */
export function RoomPreviewView({ state, failure, room, error, onRetry }: RoomPreviewProps) {
	const title = room === undefined ? text("rooms.title") : nameOf(room);
	return (
		<Pane title={title} back={{ href: "/rooms", label: text("rooms.toDirectory"), isAlways: true }}>
			{state === "loading" && <SkeletonRows count={2} label={text("common.loading")} />}
			{state === "missing" && (
				<EmptyState
					role="status"
					icon={Unlink}
					title={text("rooms.missingTitle")}
					text={text("rooms.missingText")}
					action={
						<Link className="button button-second" href="/rooms">
							{text("rooms.toDirectory")}
						</Link>
					}
				/>
			)}
			{state === "failed" && <FailedState title={text("rooms.failedTitle")} text={failure ?? ""} onRetry={onRetry} />}
			{room !== undefined && (
				<div className="profile">
					<Avatar id={room.roomId} name={nameOf(room)} picture={room.avatarUrl} size={88} />
					<h2>{nameOf(room)}</h2>
					<p>{text("info.publicOf", { count: room.joinedCount })}</p>
					{room.alias !== undefined && <p>{room.alias}</p>}
					{room.topic !== undefined && <p className="profile-words">{room.topic}</p>}
					<FormError message={error} />
					<WayIn room={room} />
				</div>
			)}
		</Pane>
	);
}
