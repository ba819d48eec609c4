import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useEffect, useState } from "react";
import { askEngine } from "../../client/crypto/ask-engine.ts";
import { clientEngine } from "../../client/crypto/client-engine.ts";
import { engineState } from "../../client/crypto/engine-state.ts";
import { verificationState } from "../../client/crypto/verification-state.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { useProof } from "../../client/hooks/use-proof.ts";
import { type SignOutWish, signOutAddress, signOutWishIn } from "../../client/session/sign-out-device.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { hasCamera } from "../../client/verification/camera.ts";
import { dateText, dayKey } from "../../shared/text/dates.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { DeviceLine, DevicesProps } from "./devices-view.tsx";

/** What somebody is about to do. */
type Asking = { readonly kind: "rename" | "signOut"; readonly device: DeviceLine } | { readonly kind: "signOutOthers" };

/** The devices on which the person is signed in. */
export function useDevices(): DevicesProps {
	const now = useNow();
	const found = trpc.accounts.devices.useQuery(undefined, { refetchOnWindowFocus: true });
	const verified = useVerifiedDevices(found.data?.items.map(({ deviceId }) => deviceId).join(" "));
	const lines = found.data?.items.map((device) => ({
		...lineOf(device, now),
		isVerified: verified?.get(device.deviceId),
	}));
	const changes = useChanges(lines, () => found.refetch());
	const verify = useMutation({
		mutationFn: async (deviceId: string) => askEngine("askOwnDevices", { deviceId, canScan: await hasCamera() }),
	});
	const mayVerify = useObservable(engineState, (state) => state.identity === "verified");
	return {
		...changes,
		onVerify: mayVerify ? ({ deviceId }) => verify.mutate(deviceId) : undefined,
		current: lines?.find(({ isThis }) => isThis),
		others: lines?.filter(({ isThis }) => !isThis),
		loadError: found.error === null ? undefined : failureText(failureOf(found.error).code),
		onRetry: () => void found.refetch(),
	};
}

/** What is done with a device, each asked about first. */
function useChanges(lines: readonly DeviceLine[] | undefined, refresh: () => Promise<unknown>) {
	const router = useRouter();
	const [asked, setAsked] = useState<Asking | undefined>();
	const wish = signOutWishIn(router.asPath.split("?")[1] ?? "");
	const asking = asked ?? askingFor(wish, lines);
	const proof = useProof(() => signOutAddress(asking?.kind === "signOut" ? asking.device : "others"));
	const change = useMutation({
		mutationFn: (work: () => Promise<unknown>) => work(),
		onSuccess: async () => {
			await refresh();
			ask(undefined);
		},
	});
	const ask = (next: Asking | undefined) => {
		change.reset();
		proof.onPassword("");
		setAsked(next);
		if (next === undefined && wish !== undefined) void router.replace("/you/devices", undefined, { shallow: true });
	};
	return {
		...{ asking, proof },
		isBusy: change.isPending,
		error: proof.failure(change.error),
		onAsk: ask,
		onClose: () => ask(undefined),
		onRename: (name: string) => {
			if (asking?.kind !== "rename") return;
			const { deviceId } = asking.device;
			change.mutate(() => api.accounts.renameDevice.mutate({ deviceId, name }));
		},
		onSignOut: () => {
			if (asking?.kind === "signOutOthers") {
				change.mutate(async () => api.accounts.revokeOtherDevices.mutate({ proof: await proof.prove() }));
			}
			if (asking?.kind !== "signOut") return;
			const { deviceId } = asking.device;
			change.mutate(async () => api.accounts.revokeDevice.mutate({ deviceId, proof: await proof.prove() }));
		},
	};
}

/** What somebody was about to do before they left for their identity provider, or comes here to do. */
function askingFor(wish: SignOutWish | undefined, lines: readonly DeviceLine[] | undefined): Asking | undefined {
	if (wish === undefined || lines === undefined) return undefined;
	if (wish === "others") return { kind: "signOutOthers" };
	const device = lines.find(({ deviceId, isThis }) => deviceId === wish.deviceId && !isThis);
	return device && { kind: "signOut", device };
}

/** For which devices the person's identity vouches; undefined: not known yet. Another list of them is asked about anew. */
function useVerifiedDevices(deviceIds: string | undefined): ReadonlyMap<string, boolean> | undefined {
	const identity = useObservable(engineState, (state) => state.identity);
	// One that has just been verified is in the answer when it is asked for again.
	const doneCount = useObservable(verificationState, (all) => all.filter(({ step }) => step.kind === "done").length);
	const found = useQuery({ queryKey: ["ownDevices"], queryFn: () => askEngine("ownDevices", {}) });
	const { refetch } = found;
	// biome-ignore lint/correctness/useExhaustiveDependencies: each of them may have changed who is verified
	useEffect(() => {
		void refetch({ cancelRefetch: true });
	}, [refetch, identity, doneCount, deviceIds]);
	useEffect(() => {
		let isLeft = false;
		let stop: (() => void) | undefined;
		void clientEngine()?.then((engine) => {
			if (!isLeft) stop = engine.onNews(({ kind }) => void (kind === "people" && refetch()));
		});
		return () => {
			isLeft = true;
			stop?.();
		};
	}, [refetch]);
	return found.data && new Map(found.data.devices.map(({ deviceId, isVerified }) => [deviceId, isVerified]));
}

interface Device {
	readonly deviceId: string;
	readonly name: string;
	readonly lastUsedAt: number;
	readonly signedInAt: number;
	readonly isThis: boolean;
}

function lineOf({ deviceId, name, isThis, lastUsedAt, signedInAt }: Device, now: number): DeviceLine {
	const isToday = dayKey(lastUsedAt) === dayKey(now);
	return {
		...{ deviceId, name, isThis },
		usedText: isThis
			? text("devices.thisUsed")
			: text("devices.used", { day: isToday ? text("devices.today") : dateText(lastUsedAt) }),
		sinceText: text("devices.since", { day: dateText(signedInAt) }),
	};
}
