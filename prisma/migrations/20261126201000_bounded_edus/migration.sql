-- AlterTable
ALTER TABLE "outgoing_edus" ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "work_positions" (
    "work" TEXT NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "work_positions_pkey" PRIMARY KEY ("work")
);
