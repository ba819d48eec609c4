import { DoorOpen, SearchX } from "lucide-react";
import Link from "next/link";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Pane } from "../../components/pane.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/join.ts";
import { text } from "../../shared/text/text.ts";
import { PublicRoomLine, type PublicRoomSnapshot, type RoomElsewhere, RoomElsewhereLine } from "./public-room-view.tsx";

export interface FindRoomsProps {
	readonly query: string;
	/** What is typed is the address of a room on another server. */
	readonly elsewhere: RoomElsewhere | undefined;
	readonly state: "loading" | "ready" | "failed";
	readonly failure: string | undefined;
	readonly rooms: readonly PublicRoomSnapshot[];
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	readonly error: string | undefined;
	readonly onQuery: (query: string) => void;
	readonly onMore: () => void;
	readonly onRetry: () => void;
}

/** The directory of public rooms. */
export function FindRoomsView(props: FindRoomsProps) {
	return (
		<Pane title={text("rooms.title")} back={{ href: "/new", isAlways: true }}>
			<SearchField label={text("rooms.search")} value={props.query} onText={props.onQuery} />
			<FormError message={props.error} />
			<Rooms {...props} />
		</Pane>
	);
}

function Rooms(props: FindRoomsProps) {
	if (props.elsewhere !== undefined) {
		return (
			<ul className="picker-list" aria-label={text("rooms.list")}>
				<li>
					<RoomElsewhereLine {...props.elsewhere} />
				</li>
			</ul>
		);
	}
	if (props.state === "loading") return <SkeletonRows count={4} label={text("common.loading")} />;
	if (props.state === "failed") {
		return <FailedState title={text("rooms.failedTitle")} text={props.failure ?? ""} onRetry={props.onRetry} />;
	}
	if (props.rooms.length === 0) {
		const words = props.query.trim();
		return words === "" ? (
			<EmptyState
				icon={DoorOpen}
				title={text("rooms.emptyTitle")}
				text={text("rooms.emptyText")}
				action={
					<Link className="button button-primary" href="/new-group">
						{text("newChat.group")}
					</Link>
				}
			/>
		) : (
			<EmptyState
				role="status"
				icon={SearchX}
				title={text("rooms.noneTitle")}
				text={text("rooms.noneText", { text: words })}
			/>
		);
	}
	return (
		<>
			<ul className="picker-list" aria-label={text("rooms.list")}>
				{props.rooms.map((room) => (
					<li key={room.roomId}>
						<PublicRoomLine {...room} />
					</li>
				))}
			</ul>
			{props.hasMore && (
				<Button className="list-older" look="quiet" isBusy={props.isLoadingMore} onClick={props.onMore}>
					{text("rooms.more")}
				</Button>
			)}
		</>
	);
}
