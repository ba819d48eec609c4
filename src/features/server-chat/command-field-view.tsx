import { ArrowUp, SquareTerminal } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type RefObject, useId } from "react";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { OptionLine } from "../../components/option-line.tsx";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";

export interface CommandFieldProps {
	readonly line: string;
	/** Of the suggestions; -1: none. */
	readonly active: number;
	readonly suggestions: readonly { readonly line: string; readonly label: string; readonly detail: string }[];
	/** How the command goes that is being typed. */
	readonly hint: { readonly usage: string; readonly words: string } | undefined;
	readonly onLine: (line: string) => void;
	readonly onMove: (step: number) => void;
	/** Puts the suggestions away. */
	readonly onClose: () => void;
	readonly onPick: (line: string) => void;
	/** What was said last comes back, to be changed. */
	readonly onRecall: () => void;
	readonly onSubmit: () => void;
}

/** More than any command, and as long as a question may be. */
const longest = 1_000;

/** Where one talks to the server. The focus stays in the field, which leads through the commands that fit. */
export function CommandFieldView(props: CommandFieldProps & { readonly field: RefObject<HTMLInputElement | null> }) {
	const { line, active, suggestions, hint, field, onLine, onPick, onSubmit } = props;
	const id = useId();
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onSubmit();
		field.current?.focus();
	};
	const isOpen = suggestions.length > 0;
	return (
		<form className="console-field" onSubmit={submit}>
			{isOpen && (
				<div className="console-options" role="listbox" id={id} aria-label={text("console.suggestions")}>
					{suggestions.map((one, index) => (
						<OptionLine
							key={one.label}
							id={`${id}-${index}`}
							isActive={index === active}
							picture={
								<span className="palette-icon">
									<Icon of={SquareTerminal} size={18} />
								</span>
							}
							name={one.label}
							detail={one.detail}
							onChoose={() => {
								onPick(one.line);
								field.current?.focus();
							}}
						/>
					))}
				</div>
			)}
			<p className="visually-hidden" role="status">
				{isOpen && text("console.suggestionCount", { count: suggestions.length })}
			</p>
			<div className="input ask-field">
				<input
					ref={field}
					type="text"
					role="combobox"
					aria-label={text("console.field")}
					aria-expanded={isOpen}
					aria-controls={isOpen ? id : undefined}
					aria-activedescendant={isOpen && active >= 0 ? `${id}-${active}` : undefined}
					aria-autocomplete="list"
					aria-describedby={`${id}-hint`}
					placeholder={text("console.placeholder")}
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
					enterKeyHint="send"
					maxLength={longest}
					value={line}
					onChange={(event) => onLine(event.target.value)}
					onKeyDown={onKeyOf(props)}
				/>
				<IconButton type="submit" icon={ArrowUp} label={text("console.send")} aria-disabled={line.trim() === ""} />
			</div>
			<p className="console-hint" id={`${id}-hint`}>
				{hint === undefined ? (
					text("console.kept")
				) : (
					<>
						<code>{hint.usage}</code> <span>{hint.words}</span>
					</>
				)}
			</p>
		</form>
	);
}

function onKeyOf(props: CommandFieldProps) {
	return (event: KeyboardEvent): void => {
		// While an input method composes, its keys belong to it.
		if (event.nativeEvent.isComposing || !onListKey(props, event)) return;
		event.preventDefault();
		event.stopPropagation();
	};
}

/** True for a key that the suggestions, or the empty field, take. */
function onListKey(props: CommandFieldProps, { key, shiftKey }: KeyboardEvent): boolean {
	const { suggestions, active, line, onMove, onPick, onClose, onRecall } = props;
	if (suggestions.length === 0) {
		if (key !== "ArrowUp" || line !== "") return false;
		onRecall();
		return true;
	}
	const chosen = suggestions[active];
	const first = suggestions[0];
	if (key === "ArrowDown") onMove(1);
	else if (key === "ArrowUp") onMove(-1);
	else if (key === "Escape") onClose();
	else if (key === "Enter" && chosen !== undefined) onPick(chosen.line);
	else if (key === "Tab" && !shiftKey && first !== undefined && (chosen ?? first).line !== line) {
		onPick((chosen ?? first).line);
	} else return false;
	return true;
}
