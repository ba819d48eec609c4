import { ArrowUp, Check, CircleAlert, ImagePlus, Pencil, X } from "lucide-react";
import {
	type DragEvent,
	type FormEvent,
	type KeyboardEvent,
	type ReactNode,
	type RefObject,
	type SyntheticEvent,
	useEffect,
	useId,
	useRef,
} from "react";
import { classNames } from "../../components/class-names.ts";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { Later, laterPart } from "../../components/later.tsx";
import { personColour } from "../../components/person-colour.ts";
import { text } from "../../shared/text/text.ts";
import { MentionList, type MentionListProps } from "./mention-list-view.tsx";
import type { AttachedSnapshot } from "./tray-view.tsx";

const trayView = laterPart(async () => (await import("./tray-view.tsx")).TrayView);

export interface ComposerProps extends MentionListProps {
	/** Pictures that go with it. */
	readonly attached: readonly AttachedSnapshot[];
	/** True: what is written is the caption of the first one. */
	readonly isCaption: boolean;
	readonly canAttach: boolean;
	/** Buttons of others beside the field. */
	readonly tools: ReactNode;
	readonly onFiles: (files: readonly File[]) => void;
	readonly onRemoveAttached: (id: string) => void;
	readonly body: string;
	readonly target: ComposerTarget | undefined;
	readonly canSubmit: boolean;
	/** How many characters still fit; absent while there is plenty of room, negative when it is too much. */
	readonly charactersLeft: number | undefined;
	/** A change that the server refused, and why. */
	readonly refusal: string | undefined;
	readonly onDismissRefusal: () => void;
	/** Where the caret is to stand after a name was put in. */
	readonly caretAfter: CaretAfter;
	/** The same, after something else was put in. */
	readonly inserted: CaretAfter;
	readonly onBody: (body: string, caret: number) => void;
	readonly onCaret: (caret: number) => void;
	/** The field has lost the focus. */
	readonly onLeave: () => void;
	readonly onMoveSuggestion: (step: number) => void;
	readonly onCloseSuggestions: () => void;
	readonly onSubmit: () => void;
	readonly onDropTarget: () => void;
	/** Opens the newest own message for a change. */
	readonly onEditLast: () => void;
}

type CaretAfter = { readonly at: number } | undefined;

/** The message that is answered or changed. */
export interface ComposerTarget {
	readonly kind: "reply" | "edit";
	readonly eventId: string;
	readonly senderId: string;
	readonly senderName: string;
	readonly text: string;
}

export function ComposerView(props: ComposerProps) {
	const field = useRef<HTMLTextAreaElement>(null);
	const listId = useId();
	const { target, onSubmit, suggestions } = props;
	useFocus(field, target && `${target.kind}${target.eventId}`);
	useCaret(field, props.caretAfter);
	useCaret(field, props.inserted);
	const submit = (event?: FormEvent) => {
		event?.preventDefault();
		if (!props.canSubmit) return;
		onSubmit();
		field.current?.focus();
	};
	const onCaret = (event: SyntheticEvent<HTMLTextAreaElement>) => props.onCaret(event.currentTarget.selectionStart);
	const isListOpen = suggestions.length > 0;
	return (
		<form className="compose" aria-label={text("composer.label")} onSubmit={submit} {...dropsOf(props)}>
			{props.refusal !== undefined && <Refusal message={props.refusal} onDismiss={props.onDismissRefusal} />}
			<div className="composer">
				<MentionList {...props} id={listId} />
				{target !== undefined && <TargetBar target={target} onDrop={props.onDropTarget} />}
				{props.isCaption && (
					<Later part={trayView} props={{ attached: props.attached, onRemove: props.onRemoveAttached }} />
				)}
				<div className="composer-row">
					{props.canAttach && <Attach onFiles={props.onFiles} />}
					<textarea
						ref={field}
						rows={1}
						aria-label={text("composer.placeholder")}
						placeholder={text(props.isCaption ? "composer.caption" : "composer.placeholder")}
						onPaste={(event) => takeFiles(props, event, event.clipboardData)}
						value={props.body}
						aria-autocomplete="list"
						aria-haspopup="listbox"
						aria-controls={isListOpen ? listId : undefined}
						aria-activedescendant={isListOpen ? `${listId}-${props.activeSuggestion}` : undefined}
						onChange={(event) => props.onBody(event.target.value, event.target.selectionStart)}
						onSelect={onCaret}
						onBlur={props.onLeave}
						onKeyDown={onKeyOf(props, submit)}
					/>
					{props.tools}
					<IconButton
						type="submit"
						className={classNames("send", !props.canSubmit && "is-off")}
						icon={target?.kind === "edit" ? Check : ArrowUp}
						label={text(target?.kind === "edit" ? "composer.saveEdit" : "composer.send")}
						aria-disabled={!props.canSubmit}
					/>
				</div>
				<Limit left={props.charactersLeft} />
			</div>
		</form>
	);
}

/** Opens the chooser of the system; on phones it offers the camera too. */
function Attach({ onFiles }: Pick<ComposerProps, "onFiles">) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<input
				ref={input}
				hidden
				type="file"
				accept="image/*"
				multiple
				aria-label={text("composer.attach")}
				onChange={({ currentTarget }) => {
					onFiles([...(currentTarget.files ?? [])]);
					// The same picture again is a choice too.
					currentTarget.value = "";
				}}
			/>
			<IconButton icon={ImagePlus} label={text("composer.attach")} onClick={() => input.current?.click()} />
		</>
	);
}

/** Files that are pasted or dropped go with the message; text goes where it always went. */
function takeFiles({ canAttach, onFiles }: ComposerProps, event: SyntheticEvent, data: DataTransfer): void {
	const files = [...data.files].filter(({ type }) => type.startsWith("image/"));
	if (files.length === 0 || !canAttach) return;
	event.preventDefault();
	onFiles(files);
}

function dropsOf(props: ComposerProps) {
	return {
		onDragOver: (event: DragEvent) => {
			if (event.dataTransfer.types.includes("Files")) event.preventDefault();
		},
		onDrop: (event: DragEvent) => takeFiles(props, event, event.dataTransfer),
	};
}

type Field = RefObject<HTMLTextAreaElement | null>;

/** The field takes the focus when it is pointed at a message. */
function useFocus(field: Field, aim: string | undefined): void {
	useEffect(() => {
		if (aim !== undefined) field.current?.focus();
	}, [field, aim]);
}

/** The field takes the focus, and the caret goes behind what was put in. */
function useCaret(field: Field, caretAfter: CaretAfter): void {
	useEffect(() => {
		if (caretAfter === undefined) return;
		field.current?.focus();
		field.current?.setSelectionRange(caretAfter.at, caretAfter.at);
	}, [field, caretAfter]);
}

function onKeyOf(props: ComposerProps, submit: () => void) {
	return (event: KeyboardEvent<HTMLTextAreaElement>): void => {
		// While an input method composes, its keys belong to it.
		if (event.nativeEvent.isComposing) return;
		if (props.suggestions.length > 0 && onListKey(props, event.key)) {
			event.preventDefault();
			event.stopPropagation();
		} else if (event.key === "Enter" && !event.shiftKey && hasPointer()) {
			event.preventDefault();
			submit();
		} else if (event.key === "Escape" && props.target !== undefined) {
			props.onDropTarget();
		} else if (event.key === "ArrowUp" && !event.altKey && props.body === "" && props.target === undefined) {
			event.preventDefault();
			props.onEditLast();
		}
	};
}

/** True for a key that the open list of people takes. */
function onListKey(props: ComposerProps, key: string): boolean {
	const chosen = props.suggestions[props.activeSuggestion];
	if (key === "ArrowDown") props.onMoveSuggestion(1);
	else if (key === "ArrowUp") props.onMoveSuggestion(-1);
	else if (key === "Escape") props.onCloseSuggestions();
	else if ((key === "Enter" || key === "Tab") && chosen !== undefined) props.onPickSuggestion(chosen.userId);
	else return false;
	return true;
}

function Limit({ left }: { readonly left: number | undefined }) {
	const isTooLong = left !== undefined && left < 0;
	return (
		<p className={classNames("limit", isTooLong && "is-over")} role="status">
			{left !== undefined &&
				(isTooLong ? text("composer.tooLong", { count: -left }) : text("composer.left", { count: left }))}
		</p>
	);
}

function Refusal({ message, onDismiss }: { readonly message: string; readonly onDismiss: () => void }) {
	return (
		<div className="notice-card" role="alert">
			<Icon of={CircleAlert} size={18} />
			<span>{message}</span>
			<IconButton icon={X} label={text("common.close")} onClick={onDismiss} />
		</div>
	);
}

function TargetBar({ target, onDrop }: { readonly target: ComposerTarget; readonly onDrop: () => void }) {
	const isEdit = target.kind === "edit";
	return (
		<div className="reply-bar">
			<div className={classNames("quote", !isEdit && `name-${personColour(target.senderId)}`)}>
				<b>
					{isEdit && <Icon of={Pencil} size={14} />}
					{isEdit ? text("composer.editing") : text("composer.replyTo", { name: target.senderName })}
				</b>
				<span>{target.text}</span>
			</div>
			<IconButton icon={X} label={text(isEdit ? "composer.stopEdit" : "composer.stopReply")} onClick={onDrop} />
		</div>
	);
}

/** Enter sends where there is a real keyboard; on touch it breaks the line. */
function hasPointer(): boolean {
	return matchMedia("(pointer: fine)").matches;
}
