import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { text } from "../../shared/text/text.ts";
import { KnocksView } from "./knocks-view.tsx";
import { MemberLine, type MemberSnapshot } from "./member-line-view.tsx";

export interface MembersProps {
	readonly joined: readonly MemberSnapshot[];
	readonly invited: readonly MemberSnapshot[];
	readonly asking: readonly MemberSnapshot[];
	readonly banned: readonly MemberSnapshot[];
	/** Absent: the reader decides about nobody. */
	readonly onAnswer: ((userId: string, isIn: boolean) => void) | undefined;
	/** Present while most people are not known yet: what is done about it. */
	readonly arriving: string | undefined;
	readonly list: {
		readonly query: string;
		readonly hasSearch: boolean;
		readonly isSearching: boolean;
		readonly hasMore: boolean;
		readonly isLoadingMore: boolean;
		readonly onQuery: (query: string) => void;
		readonly onMore: () => void;
	};
}

/** The people of a room by what they are to it. */
export function MembersView({ joined, invited, asking, banned, arriving, list, onAnswer }: MembersProps) {
	const isNobody = list.isSearching && joined.length + invited.length + banned.length === 0;
	return (
		<>
			{asking.length > 0 && <KnocksView asking={asking} onAnswer={onAnswer} />}
			<People title={text("info.people")} members={joined}>
				{arriving !== undefined && (
					<p className="info-foot" role="status">
						{arriving}
					</p>
				)}
				{list.hasSearch && <SearchField label={text("info.searchPeople")} value={list.query} onText={list.onQuery} />}
				{isNobody && (
					<p className="info-foot" role="status">
						{text("info.nobody", { text: list.query })}
					</p>
				)}
			</People>
			{invited.length > 0 && <People title={text("info.invited")} members={invited} />}
			{banned.length > 0 && <People title={text("info.banned")} members={banned} />}
			{list.hasMore && (
				<Button className="list-older" look="quiet" isBusy={list.isLoadingMore} onClick={list.onMore}>
					{text("info.morePeople")}
				</Button>
			)}
		</>
	);
}

interface PeopleProps {
	readonly title: string;
	readonly members: readonly MemberSnapshot[];
	readonly children?: ReactNode;
}

function People({ title, members, children }: PeopleProps) {
	return (
		<section className="section" aria-label={title}>
			<div className="section-head">
				<h3>{title}</h3>
			</div>
			{children}
			<ul>
				{members.map((member) => (
					<li key={member.userId}>
						<MemberLine {...member} />
					</li>
				))}
			</ul>
		</section>
	);
}
