import { SearchX, UserPlus } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { text } from "../../shared/text/text.ts";
import type { WireAdminPerson } from "../../shared/wire/admin-calls.ts";
import { AdminPageView, LoadingView, type LoadState } from "./admin-page-view.tsx";
import { type PersonActions, PersonRow } from "./person-row-view.tsx";

export interface AdminPeopleProps extends PersonActions {
	readonly state: LoadState;
	readonly people: readonly WireAdminPerson[];
	readonly ownUserId: string | undefined;
	readonly query: string;
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	readonly now: number;
	readonly error: string | undefined;
	readonly onQuery: (query: string) => void;
	readonly onMore: () => void;
	readonly onAdd: () => void;
	readonly dialog: ReactNode;
}

/** The accounts of this server. */
export function AdminPeopleView(props: AdminPeopleProps) {
	return (
		<AdminPageView
			title={text("admin.people")}
			action={
				<Button onClick={props.onAdd}>
					<Icon of={UserPlus} size={18} />
					{text("adminPeople.add")}
				</Button>
			}
		>
			<SearchField label={text("adminPeople.search")} value={props.query} onText={props.onQuery} />
			<FormError message={props.dialog === undefined ? props.error : undefined} />
			<LoadingView state={props.state} />
			{props.state.kind === "ready" && <People {...props} />}
			{props.dialog}
		</AdminPageView>
	);
}

function People(props: AdminPeopleProps) {
	if (props.people.length === 0) {
		return (
			<EmptyState
				role="status"
				icon={SearchX}
				title={text("adminPeople.noneTitle")}
				text={text("adminPeople.noneText", { text: props.query })}
			/>
		);
	}
	return (
		<>
			<div className="card table-card">
				<table className="table">
					<thead>
						<tr>
							<th scope="col">{text("adminPeople.name")}</th>
							<th scope="col">{text("adminPeople.state")}</th>
							<th scope="col" className="num">
								{text("adminPeople.devices")}
							</th>
							<th scope="col" className="num">
								{text("adminPeople.seen")}
							</th>
							<th scope="col" className="num">
								{text("adminPeople.joined")}
							</th>
							<td />
						</tr>
					</thead>
					<tbody>
						{props.people.map((person) => (
							<PersonRow key={person.userId} {...props} person={person} isSelf={person.userId === props.ownUserId} />
						))}
					</tbody>
				</table>
			</div>
			{props.hasMore && (
				<Button className="list-older" look="quiet" isBusy={props.isLoadingMore} onClick={props.onMore}>
					{text("adminPeople.more")}
				</Button>
			)}
		</>
	);
}
