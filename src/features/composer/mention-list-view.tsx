import { Avatar } from "../../components/avatar.tsx";
import { OptionLine } from "../../components/option-line.tsx";
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
						<OptionLine
							key={userId}
							id={`${id}-${index}`}
							isActive={index === activeSuggestion}
							picture={<Avatar id={userId} name={name} size={32} />}
							name={name}
							detail={userId}
							onChoose={() => onPickSuggestion(userId)}
						/>
					))}
				</div>
			)}
			<p className="visually-hidden" role="status">
				{suggestions.length > 0 && text("composer.mentionCount", { count: suggestions.length })}
			</p>
		</>
	);
}
