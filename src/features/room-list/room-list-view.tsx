import { CloudAlert, MessageCirclePlus, SearchX, SquarePen } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { text } from "../../shared/text/text.ts";
import { type RoomRowSnapshot, RoomRowView } from "./room-row-view.tsx";

export type RoomFilter = "all" | "unread" | "direct" | "groups";

export interface RoomListProps {
	readonly state: "loading" | "ready" | "failed";
	readonly rows: readonly RoomRowSnapshot[];
	readonly hasAnyRoom: boolean;
	readonly hasOlder: boolean;
	readonly isLoadingOlder: boolean;
	readonly unreadChats: number;
	readonly filter: RoomFilter;
	readonly query: string;
	readonly onFilter: (filter: RoomFilter) => void;
	readonly onQuery: (query: string) => void;
	readonly onOlder: () => void;
	readonly tabs: ReactNode;
}

const filters = ["all", "unread", "direct", "groups"] as const;

export function RoomListView(props: RoomListProps) {
	return (
		<nav className="list" aria-label={text("nav.chats")}>
			<div className="list-head">
				<h1>{text("nav.chats")}</h1>
				<Link className="icon-button" href="/new" aria-label={text("list.new")} title={text("list.new")}>
					<Icon of={SquarePen} />
				</Link>
			</div>
			<SearchField label={text("list.search")} value={props.query} onText={props.onQuery} />
			<fieldset className="filters" aria-label={text("list.show")}>
				{filters.map((filter) => (
					<button
						key={filter}
						type="button"
						className="filter"
						aria-pressed={filter === props.filter}
						onClick={() => props.onFilter(filter)}
					>
						{text(`list.${filter}`)}
						{filter === "unread" && props.unreadChats > 0 && <span>{props.unreadChats}</span>}
					</button>
				))}
			</fieldset>
			<div className="rows">
				<Rows {...props} />
			</div>
			{props.tabs}
		</nav>
	);
}

function Rows(props: RoomListProps) {
	if (props.state === "loading") return <SkeletonRows count={7} label={text("common.loading")} />;
	if (props.state === "failed" && !props.hasAnyRoom) {
		return (
			<EmptyState role="status" icon={CloudAlert} title={text("list.failedTitle")} text={text("list.failedText")} />
		);
	}
	if (!props.hasAnyRoom) {
		return (
			<EmptyState
				icon={MessageCirclePlus}
				title={text("list.emptyTitle")}
				text={text("list.emptyText")}
				action={
					<Link className="button button-primary" href="/new">
						{text("list.emptyAction")}
					</Link>
				}
			/>
		);
	}
	return (
		<>
			{props.rows.length === 0 && (
				<EmptyState role="status" icon={SearchX} title={text("list.noMatchTitle")} text={text("list.noMatchText")} />
			)}
			<ul aria-label={text("nav.chats")}>
				{props.rows.map((row) => (
					<li key={row.roomId}>
						<RoomRowView {...row} />
					</li>
				))}
			</ul>
			{props.hasOlder && (
				<Button className="list-older" look="quiet" isBusy={props.isLoadingOlder} onClick={props.onOlder}>
					{text("list.older")}
				</Button>
			)}
		</>
	);
}
