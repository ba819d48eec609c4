import { LayoutGrid } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { JoiningLine } from "../../components/joining-line.tsx";
import { RoomLine, type RoomLineProps } from "../../components/room-line.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/space.ts";
import { text } from "../../shared/text/text.ts";
import type { WireJoinProgress } from "../../shared/wire/room-calls.ts";

export interface SpaceRoomsProps {
	readonly state: "loading" | "ready" | "failed";
	readonly failure: string;
	readonly rooms: readonly RoomLineProps[];
	/** So many rooms are on servers that did not answer. */
	readonly unreachedCount: number;
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	/** How far joining one of them has come. */
	readonly progress: WireJoinProgress | undefined;
	readonly error: string | undefined;
	readonly onMore: () => void;
	readonly onRetry: () => void;
	/** The button that adds one; absent: the reader may not. */
	readonly add?: ReactNode;
}

/** The rooms in a community, with the way into each. */
export function SpaceRoomsView(props: SpaceRoomsProps) {
	const { state, rooms, add } = props;
	if (state === "loading") return <SkeletonRows count={4} label={text("common.loading")} />;
	if (state === "failed") {
		return <FailedState title={text("space.failedTitle")} text={props.failure} onRetry={props.onRetry} />;
	}
	if (rooms.length === 0) {
		return (
			<>
				<FormError message={props.error} />
				<EmptyState
					icon={LayoutGrid}
					title={text("space.emptyTitle")}
					text={text(add === undefined ? "space.emptyText" : "space.emptyOwnText")}
					action={add}
				/>
				<Unreached {...props} />
			</>
		);
	}
	return (
		<section aria-label={text("space.rooms")} className="space-rooms">
			<FormError message={props.error} />
			<JoiningLine progress={props.progress} />
			<ul className="picker-list" aria-label={text("space.rooms")}>
				{rooms.map((room) => (
					<li key={room.roomId}>
						<RoomLine {...room} />
					</li>
				))}
			</ul>
			{props.hasMore && (
				<Button className="list-older" look="quiet" isBusy={props.isLoadingMore} onClick={props.onMore}>
					{text("rooms.more")}
				</Button>
			)}
			<Unreached {...props} />
			{add}
		</section>
	);
}

function Unreached({ unreachedCount: count }: SpaceRoomsProps) {
	return count === 0 ? null : <p className="hint">{text("space.unreached", { count })}</p>;
}
