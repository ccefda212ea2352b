"""Keyboard layouts: what each types where a US keyboard has a letter, and the way back.

Never asks for the system's layout: a scanner presses the keys of a US keyboard, and what the system made of
them is told or undone here.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from floor.tags import ALPHABET

LATIN_END: Final = "\u0250"
"""Below it are the Latin letters of keyboards."""

NOTHING: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands where a key types nothing by itself, such as an accent for the next letter."""

_PLAIN: Final = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
_SHIFTED: Final = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'


@dataclass(frozen=True)
class Layout:
    """One layout by its name in English."""

    name: str
    plain: str
    """What the keys type, in the order of a US keyboard from its first row to its last."""
    shifted: str
    """The same with the shift key."""

    @cached_property
    def typed(self) -> dict[str, str]:
        """What comes for each character that was meant on a US keyboard."""
        return dict(zip(_PLAIN + _SHIFTED, self.plain + self.shifted, strict=True))

    @cached_property
    def garbles(self) -> bool:
        """Whether a code comes as something else."""
        return any(self.typed[letter].upper() != letter.upper() for letter in ALPHABET + ALPHABET.lower())

    @cached_property
    def is_latin(self) -> bool:
        """Whether a code comes as letters that could have been meant as they came."""
        return all(self.typed[letter.lower()] < LATIN_END for letter in ALPHABET)

    @cached_property
    def _meant(self) -> dict[str, str]:
        """The letter that was meant for each character: one of ours, where several keys type the same."""
        ours = {self.typed[letter]: letter.upper() for letter in ALPHABET + ALPHABET.lower()}
        return {**{came: us.upper() for us, came in self.typed.items()}, **ours}

    def undone(self, text: str) -> str | None:
        """What was meant, in capitals; None where this layout cannot have typed the text."""
        if not set(text) <= set(self._meant) or NOTHING in text:
            return None
        return "".join(self._meant[character] for character in text)


LAYOUTS: Final = (
    Layout(
        "US",
        "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
        '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
    ),
    Layout(
        "British",
        "`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./",
        '¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?',
    ),
    Layout(
        "German",
        "�1234567890ß�qwertzuiopü+#asdfghjklöäyxcvbnm,.-",
        "°!\"§$%&/()=?�QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_",
    ),
    Layout(
        "Swiss",
        "§1234567890'�qwertzuiopü�$asdfghjklöäyxcvbnm,.-",
        '°+"*ç%&/()=?�QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_',
    ),
    Layout(
        "French",
        "²&é\"'(-è_çà)=azertyuiop�$*qsdfghjklmùwxcvbn,;:!",
        "~1234567890°+AZERTYUIOP�£µQSDFGHJKLM%WXCVBN?./§",
    ),
    Layout(
        "Belgian",
        "²&é\"'(§è!çà)-azertyuiop�$µqsdfghjklmùwxcvbn,;:=",
        "³1234567890°_AZERTYUIOP�*£QSDFGHJKLM%WXCVBN?./+",
    ),
    Layout(
        "Spanish",
        "º1234567890'¡qwertyuiop�+çasdfghjklñ�zxcvbnm,.-",
        'ª!"·$%&/()=?¿QWERTYUIOP�*ÇASDFGHJKLÑ�ZXCVBNM;:_',
    ),
    Layout(
        "Latin American",
        "|1234567890'¿qwertyuiop�+}asdfghjklñ{zxcvbnm,.-",
        '°!"#$%&/()=?¡QWERTYUIOP�*]ASDFGHJKLÑ[ZXCVBNM;:_',
    ),
    Layout(
        "Italian",
        "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-",
        '|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_',
    ),
    Layout(
        "Portuguese",
        "\\1234567890'«qwertyuiop+��asdfghjklçºzxcvbnm,.-",
        '|!"#$%&/()=?»QWERTYUIOP*��ASDFGHJKLÇªZXCVBNM;:_',
    ),
    Layout(
        "Brazilian",
        "'1234567890-=qwertyuiop�[]asdfghjklç�zxcvbnm,.;",
        '"!@#$%�&*()_+QWERTYUIOP�{}ASDFGHJKLÇ�ZXCVBNM<>:',
    ),
    Layout(
        "Dutch",
        "@1234567890/°qwertyuiop�*<asdfghjkl+�zxcvbnm,.-",
        "§!\"#$%&_()'?�QWERTYUIOP�|>ASDFGHJKL±�ZXCVBNM;:=",
    ),
    Layout(
        "Swedish",
        "§1234567890+�qwertyuiopå�'asdfghjklöäzxcvbnm,.-",
        '½!"#¤%&/()=?�QWERTYUIOPÅ�*ASDFGHJKLÖÄZXCVBNM;:_',
    ),
    Layout(
        "Norwegian",
        "|1234567890+\\qwertyuiopå�'asdfghjkløæzxcvbnm,.-",
        '§!"#¤%&/()=?�QWERTYUIOPÅ�*ASDFGHJKLØÆZXCVBNM;:_',
    ),
    Layout(
        "Danish",
        "½1234567890+�qwertyuiopå�'asdfghjklæøzxcvbnm,.-",
        '§!"#¤%&/()=?�QWERTYUIOPÅ�*ASDFGHJKLÆØZXCVBNM;:_',
    ),
    Layout(
        "Czech",
        ";+ěščřžýáíé=�qwertzuiopú)�asdfghjklů§yxcvbnm,.-",
        "�1234567890%�QWERTZUIOP/('ASDFGHJKL\"!YXCVBNM?:_",
    ),
    Layout(
        "Slovak",
        ";+ľščťžýáíé=�qwertzuiopúäňasdfghjklô§yxcvbnm,.-",
        '�1234567890%�QWERTZUIOP/()ASDFGHJKL"!YXCVBNM?:_',
    ),
    Layout(
        "Hungarian",
        "0123456789öüóqwertzuiopőúűasdfghjkléáyxcvbnm,.-",
        "§'\"+!%/=()ÖÜÓQWERTZUIOPŐÚŰASDFGHJKLÉÁYXCVBNM?:_",
    ),
    Layout(
        "Croatian",
        "`1234567890'+qwertzuiopšđžasdfghjklčćyxcvbnm,.-",
        '~!"#$%&/()=?*QWERTZUIOPŠĐŽASDFGHJKLČĆYXCVBNM;:_',
    ),
    Layout(
        "Lithuanian",
        "`ąčęėįšųū„“-žqwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
        '~ĄČĘĖĮŠŲŪ()_ŽQWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
    ),
    Layout(
        "Turkish",
        '"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.',
        "é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:",
    ),
    Layout(
        "Turkish F",
        "+1234567890/-fgğıodrnhpqwxuieaütkmlyşjövcçzsb.,",
        "*!\"^$%&'()=?_FGĞIODRNHPQWXUİEAÜTKMLYŞJÖVCÇZSB:;",
    ),
    Layout(
        "Vietnamese",
        "`ăâêộ̀̉̃́đ-₫qwertyuiopươ\\asdfghjkl;'zxcvbnm,./",
        '~ĂÂÊÔ%^&*(Đ_+QWERTYUIOPƯƠ|ASDFGHJKL:"ZXCVBNM<>?',
    ),
    Layout(
        "Dvorak",
        "`1234567890[]',.pyfgcrl/=\\aoeuidhtns-;qjkxbmwvz",
        '~!@#$%^&*(){}"<>PYFGCRL?+|AOEUIDHTNS_:QJKXBMWVZ',
    ),
    Layout(
        "Colemak",
        "`1234567890-=qwfpgjluy;[]\\arstdhneio'zxcvbkm,./",
        '~!@#$%^&*()_+QWFPGJLUY:{}|ARSTDHNEIO"ZXCVBKM<>?',
    ),
    Layout(
        "Bépo",
        "$\"«»()@+-/*=%bépoè�vdljzwçauie,ctsrnmàyx.k'qghf",
        "#1234567890°`BÉPOÈ!VDLJZWÇAUIE;CTSRNMÀYX:K?QGHF",
    ),
    Layout(
        "Neo",
        "�1234567890-�xvlcwkhgfqß��uiaeosnrtdyüöäpzbm,.j",
        "�°§ℓ»«$€„“”—�XVLCWKHGFQẞ��UIAEOSNRTDYÜÖÄPZBM–•J",
    ),
    Layout(
        "Russian",
        "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.",
        'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,',
    ),
    Layout(
        "Ukrainian",
        "'1234567890-=йцукенгшщзхїґфівапролджєячсмитьбю.",
        'ʼ!"№;%:?*()_+ЙЦУКЕНГШЩЗХЇҐФІВАПРОЛДЖЄЯЧСМИТЬБЮ,',
    ),
    Layout(
        "Belarusian",
        "ё1234567890-=йцукенгшўзх'\\фывапролджэячсмітьбю.",
        "Ё!\"№;%:?*()_+ЙЦУКЕНГШЎЗХ'/ФЫВАПРОЛДЖЭЯЧСМІТЬБЮ,",
    ),
    Layout(
        "Bulgarian",
        "(1234567890-.,уеишщксдзц;„ьяаожгтнвмчюйъэфхпрлб",
        ')!?+"%=:/–№$€ыУЕИШЩКСДЗЦ§“ѝЯАОЖГТНВМЧЮЙЪЭФХПРЛБ',
    ),
    Layout(
        "Bulgarian phonetic",
        "ч1234567890-=явертъуиопшщюасдфгхйкл;'зьцжбнм,./",
        'Ч!@№$%€§*()–+ЯВЕРТЪУИОПШЩЮАСДФГХЙКЛ:"ЗѝЦЖБНМ„“?',
    ),
    Layout(
        "Serbian",
        "`1234567890'+љњертзуиопшђжасдфгхјклчћжџцвбнм,.-",
        '~!"#$%&/()=?*ЉЊЕРТЗУИОПШЂЖАСДФГХЈКЛЧЋЖЏЦВБНМ;:_',
    ),
    Layout(
        "Macedonian",
        "�1234567890-=љњертѕуиопшѓжасдфгхјклчќзџцвбнм,./",
        "~!„“$%^&*()_+ЉЊЕРТЅУИОПШЃЖАСДФГХЈКЛЧЌЗЏЦВБНМ;:?",
    ),
    Layout(
        "Kazakh",
        '("әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№',
        ")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?",
    ),
    Layout(
        "Greek",
        "`1234567890-=;ςερτυθιοπ[]\\ασδφγηξκλ�'ζχψωβνμ,./",
        '~!@#$%^&*()_+:ΣΕΡΤΥΘΙΟΠ{}|ΑΣΔΦΓΗΞΚΛ�"ΖΧΨΩΒΝΜ<>?',
    ),
    Layout(
        "Hebrew",
        ";1234567890-=/'קראטוןםפ][\\שדגכעיחלךף,זסבהנמצתץ.",
        '~!@#$%^&*)(_+QWERTYUIOP}{|ASDFGHJKL:"ZXCVBNM><?',
    ),
    Layout(
        "Arabic",
        "ذ1234567890-=ضصثقفغعهخحجد\\شسيبلاتنمكطئءؤرﻻىةوزظ",
        "ّ!@#$%^&*)(_+ًٌَُﻹإ`÷×؛<>…ٍِ][ﻷأـ،/:\"~ْ}{ﻵآ',.؟",
    ),
    Layout(
        "Persian",
        "\u200d۱۲۳۴۵۶۷۸۹۰-=ضصثقفغعهخحجچ\\شسیبلاتنمکگظطزرذدپو./",
        "÷!٬٫﷼٪×،*)(ـ+ًٌٍَُِّْ][}{|ؤئيإأآة»«:؛كٓژٰ\u200cٔء><؟",
    ),
    Layout(
        "Georgian",
        "„1234567890-=ქწერტყუიოპ[]\\ასდფგჰჯკლ;'ზხცვბნმ,./",
        '“!@#$%^&*()_+QჭEღთYUIOP{}|AშDFGHჟKL:"ძXჩVBNM<>?',
    ),
    Layout(
        "Armenian",
        "՝ֆձ֊,։՞․՛)օէղճփբսմուկըթծց»ջվգեանիտհպրժդչյզլքխշռ",
        "՜ՖՁ—$…%և՚(ՕԷՂՃՓԲՍՄՈՒԿԸԹԾՑ«ՋՎԳԵԱՆԻՏՀՊՐԺԴՉՅԶԼՔԽՇՌ",
    ),
    Layout("Thai", "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ", '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'),
    Layout(
        "Hindi", "ॊ१२३४५६७८९०-ृौैाीूबहगदजड़ॉोे्िुपरकतचटॆंमनवलस,.य", "ऒऍॅ#$%^&*()ःऋऔऐआईऊभङघधझढञऑओएअइउफऱखथछठऎँणऩऴळशष।य़"
    ),
)
"""In the order in which they are named, where several fit."""

LATIN_CODE_CHARS_MIN: Final = 8
"""A shorter text of Latin letters could too easily be a code by chance."""


@cache
def _garbling() -> tuple[Layout, ...]:
    """All others leave our letters as they are."""
    return tuple(layout for layout in LAYOUTS if layout.garbles)


def meanings(text: str) -> set[str]:
    """What may have been meant by a text that is no code as it came, for each layout that garbles codes."""
    if set(text.upper().replace(" ", "")) <= set(ALPHABET):
        return set()
    long = len(text) >= LATIN_CODE_CHARS_MIN
    found = {layout.undone(text) for layout in _garbling() if long or not layout.is_latin}
    return {meant for meant in found if meant is not None}
