import { type CSSProperties, useEffect } from "react";
import { BotMark } from "../../components/bot-mark.tsx";
import { classNames } from "../../components/class-names.ts";
import { Later, laterPart } from "../../components/later.tsx";
import { personColour } from "../../components/person-colour.ts";
import { Tick } from "../../components/tick.tsx";
import { text } from "../../shared/text/text.ts";
import type { MessageActions } from "./message-actions.ts";
import { MessageText } from "./message-text.tsx";
import type { MessageSnapshot, PictureBox, QuoteSnapshot } from "./timeline-snapshot.ts";

const closedView = laterPart(async () => (await import("./sealed-view.tsx")).ClosedView);
const citedView = laterPart(async () => (await import("./cited-text-view.tsx")).CitedTextView);
const picturePart = laterPart(async () => (await import("./picture-part.tsx")).PicturePart);
const inClearView = laterPart(async () => (await import("./sealed-view.tsx")).InClearView);

export interface BubbleProps {
	readonly actions: QuoteActions;
	readonly message: MessageSnapshot;
	readonly sender: { readonly id: string; readonly name: string } | undefined;
	/** Of what is pressed in it. */
	readonly tabIndex: number;
}

/** The words of a message, what they answer, and when they were said. */
export function BubbleView({ message, sender, tabIndex, actions }: BubbleProps) {
	return (
		<div className={classNames("bubble", message.picture && "has-picture", !hasWords(message) && "is-bare")}>
			{sender !== undefined && (
				<p className={`sender name-${personColour(sender.id)}`}>
					{sender.name}
					<BotMark id={sender.id} />
				</p>
			)}
			{message.quote !== undefined && <Quote quote={message.quote} tabIndex={tabIndex} actions={actions} />}
			{message.picture !== undefined && (
				<div className="picture" style={styleOf(message.picture.box)}>
					<Later
						part={picturePart}
						props={{
							picture: message.picture,
							caption: message.text,
							senderName: message.isOwn ? text("common.you") : message.senderName,
							// What is on its way can be called back.
							cancelId: message.state === "queued" ? message.transactionId : undefined,
							onCancel: actions.onDiscard,
							tabIndex,
						}}
					/>
				</div>
			)}
			<div className="text">
				<Words {...{ message, tabIndex, actions }} />
				<span className="meta">
					{message.isInClear && <Later part={inClearView} props={{}} />}
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

function Words({ message, tabIndex, actions }: Omit<BubbleProps, "sender">) {
	const { closed, cites, text: body, mentions } = message;
	// What was closed opens: two parts at one place are told apart by their keys.
	if (closed !== undefined) return <Later key="closed" part={closedView} props={{ reason: closed }} />;
	const words = { body, mentions, tabIndex };
	const plain = <MessageText {...words} />;
	if (cites === undefined) return plain;
	const props = { ...words, cites, onShow: actions.onShowQuoted };
	return <Later key="cited" part={citedView} props={props} meanwhile={plain} />;
}

type QuoteActions = Pick<MessageActions, "onShowQuoted" | "onQuoteMissing" | "onDiscard">;

/** False for a picture alone: the time then lies on it. */
function hasWords({ picture, text: words }: MessageSnapshot): boolean {
	return picture === undefined || words !== "";
}

/** The room is there before the picture is, so that nothing moves when it comes. */
function styleOf({ width, height }: PictureBox): CSSProperties {
	return { inlineSize: width, aspectRatio: `${width} / ${height}` };
}

interface QuoteProps extends Pick<BubbleProps, "tabIndex" | "actions"> {
	readonly quote: QuoteSnapshot;
}

function Quote({ quote, tabIndex, actions }: QuoteProps) {
	const { onQuoteMissing } = actions;
	const missingId = quote.isMissing ? quote.eventId : undefined;
	useEffect(() => {
		if (missingId !== undefined) onQuoteMissing(missingId);
	}, [missingId, onQuoteMissing]);
	return (
		<button
			type="button"
			tabIndex={tabIndex}
			className={classNames("quote", quote.senderId !== "" && `name-${personColour(quote.senderId)}`)}
			onClick={() => actions.onShowQuoted(quote.eventId)}
		>
			{quote.senderName !== "" && <b>{quote.senderName}</b>}
			<span>{quote.text}</span>
		</button>
	);
}
