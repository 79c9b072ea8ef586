"""What a service may do without central, and what it can do at this moment."""

from enum import Enum


class Offline(Enum):
    CACHED = "cached"
    DRAFT = "draft"
    QUEUED = "queued"
    ALLOTTED = "allotted"
    ONLINE = "online"


class Can(Enum):
    NOW = "now"
    NOW_RECORDED = "now-recorded"
    DRAFT_ONLY = "draft-only"
    NOT_NOW = "not-now"


class ChapterId(Enum):
    GOVERNMENT = "government"
    BILLS = "bills"
    MALL = "mall"
    RIGHTS = "rights"
    CAMPAIGNS = "campaigns"
    COMMUNITY = "community"
    HEALTH = "health"
    HOUSING = "housing"
    LEARNING = "learning"
