import { ArrowUp, Check, CircleAlert, Pencil, X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { classNames } from "../../components/class-names.ts";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { personColour } from "../../components/person-colour.ts";
import { text } from "../../shared/text/text.ts";

export interface ComposerProps {
	readonly body: string;
	readonly target: ComposerTarget | undefined;
	readonly canSubmit: boolean;
	readonly isTooLong: boolean;
	/** A change that the server refused, and why. */
	readonly refusal: string | undefined;
	readonly onDismissRefusal: () => void;
	readonly onBody: (body: string) => void;
	readonly onSubmit: () => void;
	readonly onDropTarget: () => void;
}

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
	const { target, onSubmit, onDropTarget } = props;
	const aim = target && `${target.kind}${target.eventId}`;
	useEffect(() => {
		if (aim !== undefined) field.current?.focus();
	}, [aim]);
	const submit = (event?: FormEvent) => {
		event?.preventDefault();
		if (!props.canSubmit) return;
		onSubmit();
		field.current?.focus();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		// While an input method composes, Enter belongs to it.
		if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing && hasPointer()) {
			event.preventDefault();
			submit();
		}
		if (event.key === "Escape" && target !== undefined) onDropTarget();
	};
	return (
		<form className="compose" aria-label={text("composer.label")} onSubmit={submit}>
			{props.refusal !== undefined && <Refusal message={props.refusal} onDismiss={props.onDismissRefusal} />}
			<FormError message={props.isTooLong ? text("composer.tooLong") : undefined} />
			<div className="composer">
				{target !== undefined && <TargetBar target={target} onDrop={onDropTarget} />}
				<div className="composer-row">
					<textarea
						ref={field}
						rows={1}
						aria-label={text("composer.placeholder")}
						placeholder={text("composer.placeholder")}
						value={props.body}
						onChange={(event) => props.onBody(event.target.value)}
						onKeyDown={onKeyDown}
					/>
					<IconButton
						type="submit"
						className={classNames("send", !props.canSubmit && "is-off")}
						icon={target?.kind === "edit" ? Check : ArrowUp}
						label={text(target?.kind === "edit" ? "composer.saveEdit" : "composer.send")}
						aria-disabled={!props.canSubmit}
					/>
				</div>
			</div>
		</form>
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
