import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askEngine } from "../../../client/crypto/ask-engine.ts";
import { engineState } from "../../../client/crypto/engine-state.ts";
import type { VerificationSnapshot } from "../../../client/crypto/verification-call.ts";
import { forgetLost } from "../../../client/crypto/verification-state.ts";
import { useClientState } from "../../../client/hooks/use-client.ts";
import { useNow } from "../../../client/hooks/use-now.ts";
import { useObservable } from "../../../client/hooks/use-observable.ts";
import { failureOf } from "../../../client/trpc/errors.ts";
import { trpc } from "../../../client/trpc/trpc.ts";
import { askPerson, placeOf } from "../../../client/verification/ask-person.ts";
import { hasCamera, readCodes } from "../../../client/verification/camera.ts";
import { dateText } from "../../../shared/text/dates.ts";
import { failureText } from "../../../shared/text/failure-text.ts";
import { localpartOf, roomName } from "../../../shared/text/names.ts";
import "../../../shared/text/en/verification.ts";
import { text } from "../../../shared/text/text.ts";
import type { VerificationProps } from "./verification-props.ts";

/** One verification, and everything that can be done about it. `onNotMe`: somebody else has signed in, says the person. */
export function useVerification(
	snapshot: VerificationSnapshot,
	onNotMe: (device: { readonly deviceId: string; readonly name: string }) => void,
): VerificationProps {
	const { flowId, userId, step, isSelf, isOurs, deviceId, roomId } = snapshot;
	const flow = { flowId, userId };
	const isApproving = useObservable(engineState, ({ identity }) => identity === "verified") && !(isSelf && isOurs);
	const other = useOther(snapshot);
	const [isScanning, setScanning] = useState(false);
	const [hasNoCamera, setNoCamera] = useState(false);
	const [isCodeWanted, setCodeWanted] = useState(isOurs);
	const code = useCode(snapshot, isCodeWanted);
	const act = useMutation({ mutationFn: (work: () => Promise<unknown>) => work() });
	const run = (work: () => Promise<unknown>) => {
		if (!act.isPending) act.mutate(work);
	};
	const end = () => {
		forgetLost(flowId);
		run(() => askEngine("endVerification", flow));
	};
	return {
		...{ isSelf, isOurs, step, code, isScanning, isApproving, readCodes },
		...other,
		isBusy: act.isPending,
		error: errorOf(act.error, hasNoCamera),
		onAccept: () =>
			run(async () => {
				const place = roomId === undefined ? undefined : await placeOf(roomId);
				await askEngine("acceptVerification", { ...flow, ...(place && { place }), canScan: await hasCamera() });
			}),
		onDecline: () => {
			end();
			if (isSelf && deviceId !== undefined) onNotMe({ deviceId, name: other.name });
		},
		onCompare: () => run(() => askEngine("compareEmoji", flow)),
		onScan: () => {
			setNoCamera(false);
			setScanning(true);
		},
		onShow: () => {
			setScanning(false);
			setCodeWanted(true);
		},
		onRead: (bytes) => run(() => askEngine("scanCode", { ...flow, bytes: [...bytes] })),
		onNoCamera: () => {
			setScanning(false);
			setNoCamera(true);
		},
		onConfirm: () => run(() => askEngine("confirmVerification", flow)),
		onDeny: () => run(() => askEngine("denyVerification", flow)),
		onEnd: end,
		onAgain: isOurs && step.kind === "ended" && step.why !== "elsewhere" ? () => again(snapshot, run) : undefined,
	};
}

function again({ flowId, userId, isSelf, roomId }: VerificationSnapshot, run: (work: () => Promise<unknown>) => void) {
	forgetLost(flowId);
	run(async () => {
		await askEngine("endVerification", { flowId, userId });
		if (isSelf) await askEngine("askOwnDevices", { canScan: await hasCamera() });
		else await askPerson(userId, roomId);
	});
}

function errorOf(error: Error | null, hasNoCamera: boolean): string | undefined {
	if (hasNoCamera) return text("verify.noCamera");
	return error === null ? undefined : failureText(failureOf(error).code);
}

/** The code is asked for when it is to be drawn, and kept by nobody. */
function useCode({ flowId, userId, step }: VerificationSnapshot, isWanted: boolean): readonly number[] | undefined {
	const canShow = step.kind === "ready" && step.canShow;
	const found = useQuery({
		queryKey: ["verificationCode", flowId],
		queryFn: async () => (await askEngine("verificationCode", { flowId, userId })).bytes ?? null,
		enabled: canShow && isWanted,
		...{ gcTime: 0, staleTime: Number.POSITIVE_INFINITY, retry: false },
	});
	return canShow && isWanted ? (found.data ?? undefined) : undefined;
}

/** What the other is called: a person by the chat with them, a device by its line in the list. */
function useOther({ isSelf, userId, deviceId, roomId }: VerificationSnapshot) {
	const now = useNow();
	const chat = useClientState((state) => (roomId === undefined ? undefined : state.rooms.get(roomId)?.summary));
	const devices = trpc.accounts.devices.useQuery(undefined, { enabled: isSelf, refetchOnMount: "always" });
	if (!isSelf) {
		return { name: chat?.kind === "direct" ? roomName(chat) : localpartOf(userId), signedInText: undefined };
	}
	const device = devices.data?.items.find((one) => one.deviceId === deviceId);
	return {
		name: device?.name ?? text("verify.unknownDevice"),
		signedInText:
			device && (now - device.signedInAt < justNowMs ? text("verify.justNow") : dateText(device.signedInAt)),
	};
}

const justNowMs = 10 * 60_000;
