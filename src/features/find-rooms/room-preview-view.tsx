import { ChevronLeft, CloudAlert, Unlink } from "lucide-react";
import Link from "next/link";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
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
		<main className="pane" aria-label={title}>
			<header className="bar">
				<Link className="back is-always" href="/rooms" aria-label={text("rooms.toDirectory")}>
					<Icon of={ChevronLeft} size={24} flips />
				</Link>
				<div className="bar-title">
					<h1>{title}</h1>
				</div>
			</header>
			<div className="pane-scroll">
				<div className="pane-in">
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
					{state === "failed" && (
						<EmptyState
							role="alert"
							icon={CloudAlert}
							title={text("rooms.failedTitle")}
							text={failure ?? ""}
							action={
								<Button look="second" onClick={onRetry}>
									{text("common.retry")}
								</Button>
							}
						/>
					)}
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
				</div>
			</div>
		</main>
	);
}
