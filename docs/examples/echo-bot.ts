import { type Credentials, connect } from "./connect.ts";

/**
 * Signs in, listens, and answers each "ping". Answers the way to stop it. It has no keys: it reads rooms that are not encrypted,
 * such as public ones.
 */
export async function startEchoBot(credentials: Credentials): Promise<() => void> {
	const { api, close } = await connect(credentials);
	const me = await api.accounts.me.query();
	const answer = async (roomId: string, eventId: string): Promise<void> => {
		// The same id for the same message: it is answered once, also when the bot starts again and reads it again.
		const transactionId = `pong.${eventId.slice(1, 44)}`;
		await api.messages.send.mutate({ roomId, transactionId, body: "pong", replyTo: eventId });
	};
	api.sync.subscribe.subscribe(
		{},
		{
			onData: ({ data }) => {
				if (data.kind === "ephemeral") return;
				for (const { roomId, events } of data.rooms)
					for (const { eventId, sender, content } of events)
						if (sender !== me.userId && content["body"] === "ping") void answer(roomId, eventId).catch(close);
			},
		},
	);
	return close;
}
