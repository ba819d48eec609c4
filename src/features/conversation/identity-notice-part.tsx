import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { acceptIdentities, sendWaiting } from "../../client/crypto/accept-identities.ts";
import { askEngine } from "../../client/crypto/ask-engine.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { askPerson } from "../../client/verification/ask-person.ts";
import { refreshTrust, useTrust } from "../../client/verification/use-trust.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { WireMember } from "../../shared/wire/room.ts";
import { type ChangedPerson, IdentityNoticeView } from "./identity-notice-view.tsx";

export interface IdentityNoticePartProps {
	readonly roomId: string;
	readonly members: readonly WireMember[];
}

/** Says whose identity has changed, and lets the reader look closer before anything is sent. */
export function IdentityNoticePart({ roomId, members }: IdentityNoticePartProps) {
	const person = useChanged(roomId, members);
	const client = useQueryClient();
	const [isLooking, setLooking] = useState(false);
	const decide = useMutation({
		mutationFn: (work: (userId: string) => Promise<unknown>) => work(person?.userId ?? ""),
		onSuccess: async () => {
			setLooking(false);
			await refreshTrust(client);
		},
	});
	const devices = useQuery({
		queryKey: ["devicesOf", person?.userId],
		queryFn: () => askEngine("devicesOf", { userId: person?.userId ?? "" }),
		enabled: isLooking && person !== undefined,
	});
	return (
		<IdentityNoticeView
			person={person}
			isLooking={isLooking}
			devices={(devices.data?.devices ?? []).map(({ name, ...device }) => ({
				...device,
				name: name ?? device.deviceId,
			}))}
			isBusy={decide.isPending}
			error={decide.error === null ? undefined : failureText(failureOf(decide.error).code)}
			onLook={() => setLooking(true)}
			onClose={() => setLooking(false)}
			onVerify={() => decide.mutate((userId) => askPerson(userId, roomId))}
			onAccept={() => decide.mutate((userId) => acceptIdentities(roomId, [userId]))}
		/>
	);
}

/** The first of them whose identity is another one. Once it is nobody's any more, what waited for that goes out. */
function useChanged(roomId: string, members: readonly WireMember[]): ChangedPerson | undefined {
	const own = useClientState((state) => state.me?.userId);
	const here = members.filter(
		({ membership, userId }) => userId !== own && (membership === "join" || membership === "invite"),
	);
	const trust = useTrust(here.map(({ userId }) => userId));
	const changed = here.find(({ userId }) => isChanged(trust.get(userId)));
	const had = useRef(false);
	useEffect(() => {
		if (had.current && changed === undefined) sendWaiting(roomId);
		had.current = changed !== undefined;
	}, [roomId, changed]);
	if (changed === undefined) return undefined;
	const { userId, displayName: name } = changed;
	return { userId, name, wasVerified: trust.get(userId) === "was-verified" };
}

function isChanged(trust: string | undefined): boolean {
	return trust === "changed" || trust === "was-verified";
}
