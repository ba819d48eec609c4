/**
 * The contents that the server would make of plain words, for rooms whose words it does not get to see. Matrix v1.19
 * Client-Server API, "m.room.message", "User and room mentions", "Rich replies", "Event replacements".
 */
export interface MessageWords {
	readonly body: string;
	readonly mentions?: readonly string[] | undefined;
	readonly replyTo?: string | undefined;
	/** Written by no person: nothing answers it by itself. Matrix: `m.notice`. */
	readonly isAutomatic?: boolean | undefined;
}

export function messageContent({
	body,
	mentions,
	replyTo,
	isAutomatic = false,
}: MessageWords): Record<string, unknown> {
	return {
		...textContent(body, mentions ?? []),
		...(isAutomatic && { msgtype: "m.notice" }),
		...(replyTo !== undefined && { "m.relates_to": { "m.in_reply_to": { event_id: replyTo } } }),
	};
}

export interface EditWords {
	readonly body: string;
	readonly targetEventId: string;
	/** What of a picture stays as it is when its caption is changed. */
	readonly picture?: Readonly<Record<string, unknown>> | undefined;
}

export function editContent({ body, targetEventId, picture }: EditWords): Record<string, unknown> {
	return {
		...textContent(`* ${body}`, []),
		...picture,
		"m.new_content": { ...textContent(body, []), ...picture },
		"m.relates_to": { rel_type: "m.replace", event_id: targetEventId },
	};
}

function textContent(body: string, mentions: readonly string[]): Record<string, unknown> {
	return { msgtype: "m.text", body, "m.mentions": mentions.length === 0 ? {} : { user_ids: [...mentions] } };
}
