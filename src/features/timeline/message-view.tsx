import { CircleAlert, Ellipsis, Reply, SmilePlus } from "lucide-react";
import { useState } from "react";
import { classNames } from "../../components/class-names.ts";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { personColour } from "../../components/person-colour.ts";
import { Tick } from "../../components/tick.tsx";
import { useLongPress } from "../../components/use-long-press.ts";
import { text } from "../../shared/text/text.ts";
import type { MessageActions } from "./message-actions.ts";
import { MessageMenu } from "./message-menu-view.tsx";
import { MessageText } from "./message-text.tsx";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

export interface MessageProps {
	readonly message: MessageSnapshot;
	readonly isFirst: boolean;
	/** Whose name stands above it; absent where it does not. */
	readonly sender: { readonly id: string; readonly name: string } | undefined;
	readonly actions: MessageActions;
}

export function MessageView({ message, isFirst, sender, actions }: MessageProps) {
	const [menu, setMenu] = useState<{ readonly anchor?: HTMLElement } | undefined>();
	const canAct = message.eventId !== undefined && !message.isDeleted;
	const longPress = useLongPress(() => canAct && setMenu({}));
	return (
		<article
			className={classNames(
				"msg",
				isFirst && "is-first",
				message.reactions.length > 0 && "has-reactions",
				message.state === "failed" && "is-failed",
				message.isDeleted && "is-deleted",
				message.emojiCount > 0 && `is-emoji is-emoji-${message.emojiCount}`,
			)}
			aria-label={message.label}
			tabIndex={-1}
			data-key={message.key}
			data-event={message.eventId}
			data-own={message.isOwn}
		>
			<div className="msg-line">
				<div className="msg-body" {...longPress}>
					<Bubble message={message} sender={sender} onShowQuoted={actions.onShowQuoted} />
					<Reactions message={message} actions={actions} />
				</div>
				{canAct && <Tools message={message} actions={actions} onMenu={(anchor) => setMenu({ anchor })} />}
			</div>
			{message.state === "failed" && <Failed message={message} actions={actions} />}
			{menu !== undefined && (
				<MessageMenu message={message} actions={actions} anchor={menu.anchor} onClose={() => setMenu(undefined)} />
			)}
		</article>
	);
}

type BubbleProps = Pick<MessageProps, "message" | "sender"> & Pick<MessageActions, "onShowQuoted">;

function Bubble({ message, sender, onShowQuoted }: BubbleProps) {
	return (
		<div className="bubble">
			{sender !== undefined && <p className={`sender name-${personColour(sender.id)}`}>{sender.name}</p>}
			{message.quote !== undefined && <Quote quote={message.quote} onShow={onShowQuoted} />}
			<div className="text">
				<MessageText body={message.text} />
				<span className="meta">
					{message.isEdited && <span>{text("message.edited")}</span>}
					<time dateTime={message.dateTime}>{message.time}</time>
					{message.state !== undefined && message.state !== "failed" && (
						<Tick state={message.state} label={text(`message.${message.state}`)} />
					)}
				</span>
			</div>
		</div>
	);
}

function Quote(props: {
	readonly quote: NonNullable<MessageSnapshot["quote"]>;
	readonly onShow: (id: string) => void;
}) {
	const { quote, onShow } = props;
	return (
		<button
			type="button"
			className={classNames("quote", quote.senderId !== "" && `name-${personColour(quote.senderId)}`)}
			onClick={() => onShow(quote.eventId)}
		>
			{quote.senderName !== "" && <b>{quote.senderName}</b>}
			<span>{quote.text}</span>
		</button>
	);
}

type PartProps = Pick<MessageProps, "message" | "actions">;

function Reactions({ message, actions }: PartProps) {
	const { eventId, reactions } = message;
	if (eventId === undefined || reactions.length === 0) return null;
	return (
		<fieldset className="reactions" aria-label={text("message.reactions")}>
			{reactions.map(({ key, count, isOwn }) => (
				<button
					key={key}
					type="button"
					className="reaction"
					aria-pressed={isOwn}
					aria-label={isOwn ? text("message.reactionOwn", { key, count }) : text("message.reaction", { key, count })}
					disabled={!actions.canSend}
					onClick={() => actions.onReact(eventId, key)}
				>
					<i aria-hidden="true">{key}</i>
					{count}
				</button>
			))}
		</fieldset>
	);
}

function Tools(props: PartProps & { readonly onMenu: (anchor: HTMLElement) => void }) {
	const { message, actions, onMenu } = props;
	const { eventId } = message;
	if (eventId === undefined) return null;
	return (
		<div className="tools" role="toolbar" aria-label={text("message.actions")}>
			{actions.canSend && (
				<>
					<IconButton icon={SmilePlus} label={text("message.react")} onClick={(event) => onMenu(event.currentTarget)} />
					<IconButton icon={Reply} flips label={text("message.reply")} onClick={() => actions.onReply(eventId)} />
				</>
			)}
			<IconButton
				icon={Ellipsis}
				label={text("common.more")}
				aria-haspopup="menu"
				onClick={(event) => onMenu(event.currentTarget)}
			/>
		</div>
	);
}

function Failed({ message, actions }: PartProps) {
	const { transactionId } = message;
	if (transactionId === undefined) return null;
	return (
		<div className="failed" role="status">
			<span title={message.failure}>
				<Icon of={CircleAlert} size={16} />
				{text("message.failed")}
				<span className="visually-hidden">: {message.failure}</span>
			</span>
			<button type="button" className="text-button" onClick={() => actions.onRetry(transactionId)}>
				{text("message.retry")}
			</button>
			<button type="button" className="text-button is-danger" onClick={() => actions.onDiscard(transactionId)}>
				{text("message.discard")}
			</button>
		</div>
	);
}
