-- CreateTable
CREATE TABLE "arriving_members" (
    "room_nid" INTEGER NOT NULL,
    "join_nid" BIGINT NOT NULL,
    "servers" TEXT[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,

    CONSTRAINT "arriving_members_pkey" PRIMARY KEY ("room_nid")
);
