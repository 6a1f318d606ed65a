import pytest

from bot.secrets import Secrets, WrongKey, mask_numbers_in, mask_phones_in

SECRETS = Secrets("only for tests, and long enough for it")


def test_a_phone_comes_back_and_looks_different_every_time() -> None:
    one, two = SECRETS.encrypt_phone("13800000001"), SECRETS.encrypt_phone("13800000001")
    assert one != two
    assert SECRETS.decrypt_phone(one) == SECRETS.decrypt_phone(two) == "13800000001"


def test_another_key_opens_nothing() -> None:
    with pytest.raises(WrongKey):
        Secrets("another key, just as long as the first").decrypt_phone(SECRETS.encrypt_phone("13800000001"))
    with pytest.raises(WrongKey):
        SECRETS.decrypt_phone("nonsense")


def test_each_purpose_has_a_key_of_its_own() -> None:
    assert SECRETS.derive("links") != SECRETS.derive("phones")
    assert SECRETS.derive("links") == Secrets("only for tests, and long enough for it").derive("links")
    assert len(SECRETS.derive("links")) == 32


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打13800000001找老王", "打138****0001找老王"),
        ("138 0000 0001或138-0000-0002", "138****0001或138****0002"),
        ("订单号9138000000012", "订单号9138000000012"),
        ("没有号码", "没有号码"),
    ],
)
def test_mobile_numbers_in_a_text_are_masked(text: str, masked: str) -> None:
    assert mask_phones_in(text) == masked


def test_numbers_of_phones_and_identities_are_masked() -> None:
    told = "身份证 11010519491231002X，电话13812345678，门牌 1101"
    assert mask_numbers_in(told) == "身份证 1101**********002X，电话138****5678，门牌 1101"
