import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { AdminAssistantProps } from "./assistant-view.tsx";
import { loadStateOf } from "./load-state.ts";

/** The assistant as a member of chats, as its owner decides about it. */
export function useAdminAssistant(): AdminAssistantProps {
	const utils = trpc.useUtils();
	const bot = trpc.admin.assistantBot.useQuery();
	const [isAsked, setAsked] = useState(false);
	const change = useMutation({
		mutationFn: (isOn: boolean) => api.admin.setAssistantBot.mutate({ isOn }),
		onSettled: async () => {
			setAsked(false);
			await Promise.all([utils.admin.assistantBot.invalidate(), utils.assistant.status.invalidate()]);
		},
	});
	const isLosing = (bot.data?.roomCount ?? 0) > 0;
	return {
		state: loadStateOf(bot),
		bot: bot.data,
		isBusy: change.isPending,
		error: change.error === null ? undefined : failureText(failureOf(change.error).code),
		isAsked,
		onSwitch: (isOn) => {
			if (!isOn && isLosing) setAsked(true);
			else change.mutate(isOn);
		},
		onConfirm: () => change.mutate(false),
		onClose: () => setAsked(false),
	};
}
