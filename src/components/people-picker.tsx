import { SearchX, UserSearch, X } from "lucide-react";
import { text } from "../shared/text/text.ts";
import { EmptyState } from "./empty-state.tsx";
import { FailedState } from "./failed-state.tsx";
import { Icon } from "./icon.tsx";
import { PictureLine } from "./picture-line.tsx";
import { SearchField } from "./search-field.tsx";
import { SkeletonRows } from "./skeleton-rows.tsx";

export interface PickablePerson {
	readonly userId: string;
	readonly displayName: string;
	/** `mxc://` address. */
	readonly avatarUrl?: string | undefined;
}

/** The answer to what is typed. */
export type PeopleSearch =
	| { readonly kind: "idle" }
	| { readonly kind: "loading" }
	| { readonly kind: "failed"; readonly text?: string | undefined; readonly onRetry: () => void }
	| { readonly kind: "found"; readonly people: readonly PickablePerson[] };

export interface PeoplePickerProps {
	readonly query: string;
	readonly search: PeopleSearch;
	readonly onQuery: (query: string) => void;
	readonly onPick: (person: PickablePerson) => void;
	/** Present where several are chosen. */
	readonly chosen?: readonly PickablePerson[];
	readonly hasFocus?: boolean;
}

export function PeoplePicker({ query, search, onQuery, onPick, chosen, hasFocus }: PeoplePickerProps) {
	return (
		<div className="picker">
			{chosen !== undefined && chosen.length > 0 && (
				<ul className="chosen" aria-label={text("newGroup.chosen")}>
					{chosen.map((person) => (
						<li key={person.userId}>
							<button
								type="button"
								className="chosen-one"
								aria-label={text("newGroup.remove", { name: person.displayName })}
								onClick={() => onPick(person)}
							>
								{person.displayName}
								<Icon of={X} size={16} />
							</button>
						</li>
					))}
				</ul>
			)}
			<SearchField label={text("newChat.search")} value={query} onText={onQuery} autoFocus={hasFocus} />
			<Results query={query} search={search} onPick={onPick} chosen={chosen} />
		</div>
	);
}

type ResultsProps = Pick<PeoplePickerProps, "query" | "search" | "onPick"> & {
	readonly chosen: readonly PickablePerson[] | undefined;
};

function Results({ query, search, onPick, chosen }: ResultsProps) {
	if (search.kind === "idle") {
		// Where people are one part of a form, the field says enough.
		if (chosen !== undefined) return null;
		return <EmptyState icon={UserSearch} title={text("people.hintTitle")} text={text("people.hintText")} />;
	}
	if (search.kind === "loading") return <SkeletonRows count={3} label={text("common.loading")} />;
	if (search.kind === "failed") {
		return <FailedState text={search.text ?? text("people.failed")} onRetry={search.onRetry} />;
	}
	if (search.people.length === 0) {
		return (
			<EmptyState
				role="status"
				icon={SearchX}
				title={text("people.noneTitle")}
				text={text("people.noneText", { text: query })}
			/>
		);
	}
	return (
		<ul className="picker-list" aria-label={text("people.results")}>
			{search.people.map((person) => (
				<li key={person.userId}>
					<PictureLine
						id={person.userId}
						name={person.displayName}
						picture={person.avatarUrl}
						detail={person.userId}
						isChosen={chosen?.some((one) => one.userId === person.userId)}
						onChoose={() => onPick(person)}
					/>
				</li>
			))}
		</ul>
	);
}
