import { Avatar } from "../../components/avatar.tsx";
import { classNames } from "../../components/class-names.ts";
import { text } from "../../shared/text/text.ts";

export interface MentionListProps {
	/** The people that the word behind the `@` could mean. */
	readonly suggestions: readonly { readonly userId: string; readonly name: string }[];
	readonly activeSuggestion: number;
	readonly onPickSuggestion: (userId: string) => void;
}

/** Whom to mention. The focus stays in the field, which moves the mark and chooses. */
export function MentionList(props: MentionListProps & { readonly id: string }) {
	const { id, suggestions, activeSuggestion, onPickSuggestion } = props;
	return (
		<>
			{suggestions.length > 0 && (
				<div className="mentions" role="listbox" id={id} aria-label={text("composer.mentions")}>
					{suggestions.map(({ userId, name }, index) => (
						// biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the focus and the keys.
						<div
							key={userId}
							id={`${id}-${index}`}
							role="option"
							aria-selected={index === activeSuggestion}
							className={classNames("person-choice", index === activeSuggestion && "is-active")}
							onPointerDown={(event) => event.preventDefault()}
							onClick={() => onPickSuggestion(userId)}
						>
							<Avatar id={userId} name={name} size={32} />
							<span className="person-choice-name">{name}</span>
							<span className="person-choice-id">{userId}</span>
						</div>
					))}
				</div>
			)}
			<p className="visually-hidden" role="status">
				{suggestions.length > 0 && text("composer.mentionCount", { count: suggestions.length })}
			</p>
		</>
	);
}
