"""Fields of log-in, registration and checkout forms as widely used software names them: nobody chose these names for his shop.

By the software whose default templates have them. A name is on the list where it would not be anybody's own idea; words that
everybody uses (``email``, ``password``) are the caller's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["is_stock_field"]

_FORUMS: Final = (
    # vBulletin
    r"vb_login_\w+|cookieuser|s|securitytoken|do|url|humanverify\[\w+\]|timezoneoffset|dst|options\[\w+\]|passwordconfirm|emailconfirm",
    r"userfield\[\w+\]|referrername|(?:old|show)?birthday|day|month|year|agree|coppauser|who|password(?:confirm)?_md5",
    # phpBB
    r"autologin|viewonline|sid|(?:new|cur)_password|password_confirm|confirm_(?:code|id)|icq|aim|msnm?|yim|website|location|occupation",
    r"interests|signature|viewemail|hideonline|notify(?:reply|pm)|popup_pm|attachsig|allow(?:bbcode|html|smilies)|language|style",
    r"timezone|dateformat|agreed|change_lang|tz|creation_time|form_token|qa_answer\d?|email_confirm|mode",
    # Simple Machines, XenForo, Invision, WoltLab, MyBB, Discuz, Vanilla
    r"user|passwrd\d?|cookielength|cookieneverexp|hash_passwrd|real_name|regagree|register|cookie_check|_xftoken|tos|dob_\w+",
    r"ips_(?:username|password)|auth_key|referer|anonymous|permanent|login(?:username|password)|usecookies|confirm(?:email|password)",
    r"values\[\w+\]|quick_\w+|regcheck\d|my_post_key|fastloginfield|quickforward|handlekey|cookietime|formhash|loginfield|questionid",
    r"(?:user|form)/\w+",
)
_SITES: Final = (
    # Drupal, Joomla, WordPress, TYPO3, Plone, MediaWiki, Moodle
    r"pass|form_build_id|form_id|openid[\w.]+|persistent_login|op|pass\[pass[12]\]|mail|jform\[\w+\](?:\[\w+\])?|secretkey",
    r"user_(?:login|email|pass)|logintype|pid|redirect_url|permalogin|noredirect|came_from|form\.submitted|js_enabled",
    r"cookies_enabled|login_name|pwd_empty|__ac_\w+|wp(?:name|password|remember|logintoken|loginattempt|createaccount\w*)|anchor",
    r"logintoken|rememberusername",
    # Symfony, Rails, Django, Spring, Yii
    r"(?:login|registration)form\[(?:username|password|email|rememberme|verifycode)\]",
    r"_username|_password|_remember_me|_target_path|_failure_path|commit|csrfmiddlewaretoken|this_is_the_login_form|password[12]",
    r"user\[(?:login|name|email|email_confirmation|password|password_confirmation|remember_me)\]|j_(?:username|password|id\S*)",
    r"_spring_security_remember_me|com\.salesforce\S*",
)
_SHOPS: Final = (
    # Magento
    r"login\[(?:username|password)\]|send|form_key|success_url|error_url|is_subscribed|persistent_remember_me|confirmation|captcha\[\w+\]",
    r"password_confirmation|show_address_fields|street(?:\[\d?\]|_\d)|(?:region|country|zone)_id|default_(?:billing|shipping)|create_address",
    r"telephone|fax|company|vat_?id|taxvat|prefix|middlename|dob|gender",
    # PrestaShop, OpenCart
    r"submit(?:login|create|account)|is_new_customer|email_create|id_(?:gender|country|state)|customer_(?:first|last)name|days|months|years",
    r"newsletter|optin|alias|phone_mobile|dni|siret|ape|customer_group_id|company_id|tax_id|address_[12]|confirm|agree",
    # osCommerce and its descendants
    r"email_address|street_address|suburb|zone_country_id|nick|customers_referral|should_be_empty|email_format|new_customer",
    # Bitrix
    r"auth_form|type|backurl|(?:notify_)?user_(?:login|password|remember|email|name|last_name|confirm_password|checkword)|captcha_(?:sid|word)",
    r"register\[(?:login|email|password|confirm_password|name|last_name|second_name|personal_\w+|work_\w+)\]|(?:login|register)_submit_button",
    # Salesforce, Oracle ATG, WebSphere
    r"dwfrm_\S+|_dyn\w+|/?atg/\S+|_d:\S+|storeid|catalogid|langid|relogonurl|errorviewname|logonid|logonpassword",
)
_STOCK: Final = re.compile("|".join((*_FORUMS, *_SITES, *_SHOPS)))


@lru_cache(maxsize=4_096)
def is_stock_field(name: str) -> bool:
    """True for the lower-case name of a form's field that comes with widely used software."""
    return _STOCK.fullmatch(name) is not None
