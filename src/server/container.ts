import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { authorizerWith } from "../../federation/authorization/authorize-event.ts";
import type { RoomId, ServerName, UserId } from "../../federation/identifiers/identifier-types.ts";
import type { Signer } from "../../federation/ports/signer.ts";
import { roomVersions } from "../../federation/room-versions/room-versions.ts";
import type { Log } from "../shared/log.ts";
import { type Accounts, controlChannelName, createAccounts, parseControlMessage } from "./accounts/public.ts";
import { createArgon2PasswordHasher } from "./adapters/argon2/argon2-password-hasher.ts";
import { createMemoryBus } from "./adapters/bus-memory/memory-bus.ts";
import { type Notifications, openNotifications } from "./adapters/bus-postgres/notifications.ts";
import { createPostgresBus } from "./adapters/bus-postgres/postgres-bus.ts";
import { createNodeSigner, type NodeSigner } from "./adapters/crypto-node/node-signer.ts";
import { nodeVerifier } from "./adapters/crypto-node/node-verifier.ts";
import { createAccountStore } from "./adapters/prisma/accounts/account-store.ts";
import { createAdminStore } from "./adapters/prisma/accounts/admin-store.ts";
import { createNotifyControlChannel } from "./adapters/prisma/accounts/control-channel.ts";
import { createAppendStore } from "./adapters/prisma/append/append-store.ts";
import { createMembershipStore } from "./adapters/prisma/federation/membership-store.ts";
import { createInviteLinkStore } from "./adapters/prisma/invite-links.ts";
import { createRoomDirectory } from "./adapters/prisma/rooms-directory.ts";
import { createSafetyStore } from "./adapters/prisma/safety/safety-store.ts";
import { createStreamStore } from "./adapters/prisma/stream/stream-store.ts";
import { createTimelineStore } from "./adapters/prisma/timeline/timeline-store.ts";
import { createUnreadableCounts } from "./adapters/prisma/unreadable-counts.ts";
import { createPasskeyCeremonies } from "./adapters/webauthn/passkey-ceremonies.ts";
import { createAdmin } from "./admin/public.ts";
import { buildAssistant, buildBot } from "./assistant-container.ts";
import { createConsole } from "./console/public.ts";
import type { ContainerOptions } from "./container-options.ts";
import { askBeforeStoring } from "./federation/public.ts";
import { buildFederation } from "./federation-container.ts";
import type { Keys } from "./keys/public.ts";
import { buildKeys } from "./keys-container.ts";
import { createRequestBounds } from "./matrix/request-bounds.ts";
import type { Media } from "./media/public.ts";
import { openMedia } from "./media-container.ts";
import { createMessages } from "./messages/public.ts";
import { openPeers, openRules, type Peers } from "./peers-container.ts";
import { readLastBackup } from "./process/last-backup.ts";
import { processFigures } from "./process/process-figures.ts";
import {
	type AppendLane,
	createAppendLane,
	createHeadCache,
	createInviteLinks,
	createRooms,
	createWriteLimiter,
	type RemoteRooms,
	type RoomDirectory,
	readRoomDetails,
} from "./rooms/public.ts";
import { type Container, getContainer, setContainer } from "./running-container.ts";
import { createSafety } from "./safety/public.ts";
import { startJobs } from "./start-jobs.ts";
import { type Bus, createStream, readPrivacy, type Stream } from "./stream/public.ts";
import { createTimeline, type Timeline } from "./timeline/public.ts";
import { createConnectionCounts } from "./trpc/connections/connection-counts.ts";
import { trustedProxies } from "./trpc/request/client-address.ts";

/** Puts the areas on their adapters, federation's in federation-container.ts; the container is then on globalThis. */
export const buildContainer = async (options: ContainerOptions): Promise<Container> => {
	const { database, environment, log } = options;
	const notifications = await openNotifications(options.connectionString);
	const bus =
		environment.bus === "postgres"
			? await createPostgresBus({ notifications, pool: database.pool, log })
			: createMemoryBus();
	const signer = createSigner(options);
	const directory = createRoomDirectory(database.pool);
	const rules = await openRules(options, bus);
	const peers = openPeers(options, signer, rules);
	const lane = createLane(options, { bus, signer, peers });
	const media = openMedia(options, peers, rules);
	const takesNone = () => rules.invitationPolicy() === "nobody";
	const streamStore = createStreamStore(database.pool, takesNone);
	const timeline = createTimeline({
		store: createTimelineStore(database.pool, takesNone),
		privacyOf: (userId) => readPrivacy(streamStore, userId),
	});
	const machine = { clock: Date, random: Math.random, pause: delay };
	const ground = { lane, directory, signer, media, peers, bus, streamStore, timeline, rules, ...machine };
	const federation = buildFederation(options, ground);
	const stream = createStream({
		...{ store: streamStore, reads: timeline.streamReads, bus, log, clock: Date },
		processId: randomBytes(9).toString("base64url"),
		takesRemotePresence: rules.isPresenceShared,
		onAcquainted: federation.exchange.acquainted,
	});
	const { remoteRooms: remote } = federation.membership;
	const areas = createAreas(options, { lane, timeline, stream, directory, media, remote });
	const keyAreas = buildKeys(options, {
		...{ bus, accounts: areas.accounts, remote: federation.devices.remoteKeys },
	});
	await listenForControl(notifications, { accounts: areas.accounts, stream, log, ...keyAreas });
	await stream.start();
	federation.exchange.start();
	const isTrustedProxy = trustedProxies(environment.trustedProxies);
	const assistant = buildAssistant(options, areas);
	const bot = buildBot(options, getContainer);
	const jobs = startJobs({ ...areas, federation, ...keyAreas, assistant }, log);
	const container: Container = {
		...areas,
		...keyAreas,
		...createOwnerAreas(options, { ...areas, federation, stream }),
		timeline,
		stream,
		federation,
		assistant,
		bot,
		log,
		web: {
			authSecret: options.secrets.authSecret,
			publicOrigin: environment.publicOrigin,
			identityProvider: environment.identityProvider,
			isTrustedProxy,
		},
		connections: createConnectionCounts(isTrustedProxy),
		requestBounds: createRequestBounds(isTrustedProxy),
		isBusReady: () => notifications.isConnected() && bus.isConnected(),
		close: closeAll({ jobs, bot, assistant, federation, peers, lane, stream, bus, notifications }),
	};
	setContainer(container);
	bot.start();
	return container;
};

/** What the owner does to the server, on its pages and in a chat with it. */
const createOwnerAreas = (
	{ database, environment }: ContainerOptions,
	areas: Pick<Container, "accounts" | "rooms" | "safety" | "federation" | "stream">,
): Pick<Container, "admin" | "console"> => {
	const admin = createAdmin({
		store: createAdminStore(database.pool),
		accounts: areas.accounts,
		clock: Date,
		serverName: environment.serverName,
		closeRoom: areas.rooms.close,
		processFigures: processFigures({ roomVersion: environment.roomVersion, counts: areas.stream.counts }),
	});
	const readLast = () => readLastBackup(environment.dataFolder);
	const grants = { store: createAccountStore(database), clock: Date, randomBytes };
	return { admin, console: createConsole({ ...areas, ...grants, admin, readLastBackup: readLast }) };
};

/** In this order: what writes ends before what it writes to. */
const closeAll =
	(open: {
		readonly jobs: ReturnType<typeof startJobs>;
		readonly bot: Container["bot"];
		readonly assistant: Container["assistant"];
		readonly federation: Container["federation"];
		readonly peers: Peers;
		readonly lane: AppendLane;
		readonly stream: Stream;
		readonly bus: Bus;
		readonly notifications: Notifications;
	}) =>
	async (): Promise<void> => {
		await Promise.all(open.jobs.map((job) => job.stop()));
		await open.bot.stop();
		await open.assistant.close();
		await open.federation.exchange.stop();
		await open.lane.drain();
		open.peers.close();
		await open.stream.stop();
		await open.bus.close();
		await open.notifications.close();
		setContainer(undefined);
	};

const createSigner = ({ secrets, environment }: ContainerOptions): NodeSigner =>
	createNodeSigner(secrets.signingKey.seed, environment.serverName as ServerName, secrets.signingKey.keyId);

const createLane = (
	options: ContainerOptions,
	{ bus, signer, peers }: { readonly bus: Bus; readonly signer: Signer; readonly peers: Peers },
): AppendLane => {
	const { serversIn } = createMembershipStore(options.database.pool);
	const lane = createAppendLane({
		store: createAppendStore(options.database.pool),
		heads: createHeadCache(),
		tools: {
			signer,
			authorize: authorizerWith(nodeVerifier),
			clock: Date,
		},
		onCommitted: ({ to, ...news }) => bus.publish({ kind: "stream", position: to, news }),
	});
	return askBeforeStoring(lane, { peers: peers.transport, verifier: nodeVerifier, serversIn });
};

/** What the areas share. */
interface AreaGround {
	readonly lane: AppendLane;
	readonly timeline: Timeline;
	readonly stream: Stream;
	readonly directory: RoomDirectory;
	readonly media: Media;
	readonly remote: RemoteRooms;
}

const createAreas = (
	{ database, environment, log }: ContainerOptions,
	{ lane, timeline, stream, directory, media, remote }: AreaGround,
): Pick<Container, "accounts" | "rooms" | "inviteLinks" | "messages" | "media" | "safety" | "roomDetails"> => {
	const limiter = createWriteLimiter(environment.writesPerMinute, Date);
	const rooms = createRooms({
		lane,
		directory,
		limiter,
		remote,
		requireOwnPicture: media.requireOwnPicture,
		serverName: environment.serverName as ServerName,
		defaultVersion: roomVersions[environment.roomVersion],
		randomRoomId: () => `!${randomBytes(18).toString("base64url")}:${environment.serverName}` as RoomId,
	});
	return {
		accounts: createAccounts({
			store: createAccountStore(database),
			passwords: createArgon2PasswordHasher(),
			ceremonies: createPasskeyCeremonies(),
			control: createNotifyControlChannel(database.pool),
			pictures: media,
			memberships: { showProfile: rooms.showProfile, leaveAll: rooms.leaveAll },
			clock: Date,
			randomBytes,
			log,
			serverName: environment.serverName,
			registration: environment.registration,
			publicOrigin: environment.publicOrigin,
			identityProviderName: environment.identityProvider?.name,
		}),
		rooms,
		inviteLinks: createInviteLinks({
			lane,
			directory,
			store: createInviteLinkStore(database.pool),
			clock: Date,
			randomBytes,
			limiter,
			readPicture: media.readWhole,
		}),
		messages: createMessages({
			...{ lane, limiter, privacyOf: stream.privacyOf, clock: Date, fileIdOf: media.fileIdOf },
			unreadableCounts: createUnreadableCounts(database.pool),
		}),
		media,
		safety: createSafety({ store: createSafetyStore(database.pool), clock: Date, decline: rooms.leave, log }),
		roomDetails: (userId: UserId, roomId: RoomId) =>
			readRoomDetails(
				{ directory, timeline, privacyOf: stream.privacyOf, upgradeVersion: environment.roomVersion },
				userId,
				roomId,
			),
	};
};

const listenForControl = (
	notifications: Notifications,
	{
		accounts,
		stream,
		keys,
		log,
	}: { readonly accounts: Accounts; readonly stream: Stream; readonly keys: Keys; readonly log: Log },
): Promise<void> => {
	// While the connection was gone, notices were lost: everybody's session is asked for anew.
	notifications.onReconnect(() => {
		accounts.noteSessionsEnded();
		stream.endAllSubscriptions();
	});
	return notifications.listen(controlChannelName, (payload) => {
		const message = parseControlMessage(payload);
		if (message?.kind !== "sessions-revoked") return;
		// In this order: a client that subscribes again at once must be asked for its session anew.
		accounts.noteSessionsEnded(message);
		stream.endSubscriptionsOf(message);
		// Nobody is given them any more from the moment the session ended; that they are still there is put right by the hour.
		keys
			.forgetEnded(message.userId as UserId)
			.catch((err: unknown) => log.warn({ err }, "keys of a device are still there"));
	});
};
